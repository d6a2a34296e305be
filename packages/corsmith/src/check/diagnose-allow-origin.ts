import type { FailureCode } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { headerLines, headerValue } from "../live/headers.ts";
import { type Cause, compareBytes } from "./check-finding.ts";
import { catalogueFix } from "./fixes.ts";
import type { JudgedExchange, JudgedFailure } from "./judge.ts";

const header = "Access-Control-Allow-Origin";
const credentialsHeader = "Access-Control-Allow-Credentials";
const maxShownValue = 200;

/** Why this answer's `Access-Control-Allow-Origin` or `-Credentials` does not pass, when it is there. */
export function diagnoseAllowOrigin({ code }: JudgedFailure, exchange: JudgedExchange): Cause | undefined {
  const headers = exchange.sent.answer?.headers ?? [];
  const origin = headerValue(exchange.request.headers, "origin") ?? "null";
  const where = exchange.kind === "preflight" ? "the preflight's " : "";
  const credentials = headerValue(headers, credentialsHeader);
  const shownCredentials =
    credentials === undefined ? [] : [`${credentialsHeader}: ${printable(credentials, maxShownValue)}`];
  switch (code.replace(/^preflight-/, "")) {
    case "wildcard-origin-with-credentials":
      return {
        code,
        message: `${where}${header} is *, and * does not count when credentials are included`,
        facts: [`${header}: *`, ...shownCredentials],
        comparison: compareBytes(header, "*", origin),
        who: "server",
        fix: `Answer ${header}: ${origin}, from a list of pages that you trust, with Vary: Origin. Or, if no cookies are needed: the page leaves credentials out.`,
      };
    case "multiple-allow-origin-values":
      return severalValues(code, headerLines(headers, header), where);
    case "invalid-allow-origin-value":
    case "allow-origin-mismatch":
      return otherValue(code, headerValue(headers, header) ?? "", origin, where);
    case "allow-credentials-not-true":
      return notTrue(code, credentials, where);
    default:
      return undefined;
  }
}

function severalValues(code: FailureCode, lines: readonly string[], where: string): Cause {
  const facts = lines.map((line) => `${header}: ${printable(line, maxShownValue)}`);
  if (lines.length < 2) {
    const message = `${where}${header} holds a list, and browsers take one value only`;
    return { code, message, facts, ...catalogueFix(code, "server") };
  }
  return {
    code,
    message: `${where}${header} is sent ${lines.length === 2 ? "twice" : `${lines.length} times`}, and browsers take one value only`,
    facts,
    likely: {
      cause: "Two layers set it: the application and a proxy in front of it.",
      confidence: "likely",
      settledBy: "send the request to the application without the proxy.",
    },
  };
}

function otherValue(code: FailureCode, value: string, origin: string, where: string): Cause {
  const shown = printable(value, maxShownValue);
  const flaw = flawOf(value, origin);
  return {
    code: flaw?.code ?? code,
    message:
      flaw === undefined
        ? `${where}${header} names another origin, "${shown}"`
        : `${where}${header} is "${shown}", ${flaw.says}`,
    facts: [`${header}: ${shown}`, `Origin: ${origin}`],
    comparison: compareBytes(header, shown, origin),
    ...(flaw && { who: "server", fix: `Answer ${header}: ${origin}, byte for byte.` }),
  };
}

/** How a value that means the origin fails to be it. */
function flawOf(value: string, origin: string): { readonly code: FailureCode; readonly says: string } | undefined {
  const code = "allow-origin-mismatch";
  const invalid = "invalid-allow-origin-value";
  if (value === `${origin}/`) return { code, says: "with a trailing slash" };
  if (value.startsWith(`${origin}/`)) return { code, says: "with a path, which no origin has" };
  if (value.toLowerCase() === origin) return { code, says: "in upper case, and origins are compared byte for byte" };
  if (value.replaceAll(/^["']|["']$/g, "") === origin) return { code: invalid, says: "in quotes" };
  const [scheme = "", host = ""] = origin.split("://");
  if (value === host) return { code: invalid, says: `without ${scheme}://` };
  const [otherScheme, otherHost] = value.split("://");
  if (otherHost === host) return { code, says: `and the page is ${scheme}:, not ${otherScheme}:` };
  const withoutPort = (text: string): string => text.replace(/:\d+$/, "");
  return withoutPort(value) === withoutPort(origin) ? { code, says: "with another port" } : undefined;
}

function notTrue(code: FailureCode, value: string | undefined, where: string): Cause {
  if (value === undefined) {
    const message = `${where}${credentialsHeader} is missing, and credentials are included`;
    return { code, message, facts: [`no ${credentialsHeader}`] };
  }
  const shown = printable(value, maxShownValue);
  return {
    code,
    message: `${where}${credentialsHeader} is "${shown}" and must be "true", byte for byte`,
    facts: [`${credentialsHeader}: ${shown}`],
    comparison: compareBytes(credentialsHeader, shown, "true"),
  };
}
