import type { FailureCode } from "@corsmith/cors/browser";
import { printable } from "@corsmith/cors/observe";
import { headerLines, headerMembers, headerValue } from "../live/headers.ts";
import { compareBytes, type Diagnosis } from "./check-finding.ts";
import type { JudgedExchange, JudgedFailure } from "./judge.ts";

const header = "Access-Control-Allow-Origin";
const longestValue = 200;

/** Why this answer's `Access-Control-Allow-Origin` or `-Credentials` does not pass, when it is there. */
export function diagnoseAllowOrigin({ code }: JudgedFailure, exchange: JudgedExchange): Diagnosis | undefined {
  const headers = exchange.sent.answer?.headers ?? [];
  const value = headerValue(headers, header);
  const origin = headerValue(exchange.request.headers, "origin") ?? "null";
  const where = exchange.kind === "preflight" ? "the preflight's " : "";
  switch (code.replace(/^preflight-/, "")) {
    case "wildcard-origin-with-credentials":
      return {
        code,
        says: `${where}${header} is *, and * does not count when credentials are included`,
        facts: [`${header}: *`, ...fact(headers, "Access-Control-Allow-Credentials")],
        comparison: compareBytes(header, "*", origin),
        fix: {
          who: "server",
          what: `Answer ${header}: ${origin}, from a list of pages that you trust, with Vary: Origin. Or, if no cookies are needed: the page leaves credentials out.`,
        },
      };
    case "multiple-allow-origin-values":
      return severalValues(code, headerLines(headers, header), where);
    case "invalid-allow-origin-value":
    case "allow-origin-mismatch":
      return otherValue(code, value ?? "", origin, where);
    case "allow-credentials-not-true":
      return notTrue(code, headerValue(headers, "access-control-allow-credentials"), where);
    default:
      return undefined;
  }
}

function fact(headers: JudgedExchange["request"]["headers"], name: string): readonly string[] {
  const value = headerValue(headers, name);
  return value === undefined ? [] : [`${name}: ${printable(value, longestValue)}`];
}

function severalValues(code: FailureCode, lines: readonly string[], where: string): Diagnosis {
  const facts = lines.map((line) => `${header}: ${printable(line, longestValue)}`);
  if (lines.length > 1) {
    return {
      code,
      says: `${where}${header} is sent ${lines.length === 2 ? "twice" : `${lines.length} times`}, and browsers take one value only`,
      facts,
      likely: {
        cause: "Two layers set it: the application and a proxy in front of it.",
        confidence: "likely",
        settledBy: "Ask the application without the proxy.",
      },
      fix: {
        who: "proxy",
        what: "Let one layer own CORS: take the header out of the proxy, or have the proxy drop the application's.",
      },
    };
  }
  return {
    code,
    says: `${where}${header} holds a list, and browsers take one value only`,
    facts,
    fix: { who: "server", what: "Keep the list on the server, compare, and answer with the one origin that asked." },
  };
}

function otherValue(code: FailureCode, value: string, origin: string, where: string): Diagnosis {
  const shown = printable(value, longestValue);
  const facts = [`${header}: ${shown}`, `Origin: ${origin}`];
  const comparison = compareBytes(header, shown, origin);
  const flaw = flawOf(value, origin);
  if (flaw !== undefined) {
    return {
      code: flaw.code,
      says: `${where}${header} is "${shown}", ${flaw.says}`,
      facts,
      comparison,
      fix: { who: "server", what: `Answer ${header}: ${origin}, byte for byte.` },
    };
  }
  return { code, says: `${where}${header} names another origin, "${shown}"`, facts, comparison };
}

/** How a value that means the origin fails to be it. */
function flawOf(value: string, origin: string): { readonly code: FailureCode; readonly says: string } | undefined {
  const slash = "allow-origin-mismatch";
  if (value === `${origin}/`) return { code: slash, says: "with a slash too many" };
  if (value.startsWith(`${origin}/`)) return { code: slash, says: "with a path, which no origin has" };
  if (value.toLowerCase() === origin)
    return { code: slash, says: "in upper case, and origins are compared byte for byte" };
  if (value.replaceAll(/^["']|["']$/g, "") === origin) return { code: "invalid-allow-origin-value", says: "in quotes" };
  const [scheme = "", host = ""] = origin.split("://");
  if (value === host) return { code: "invalid-allow-origin-value", says: `without ${scheme}://` };
  const [otherScheme, otherHost] = value.split("://");
  if (otherHost === host)
    return { code: "allow-origin-mismatch", says: `and the page is ${scheme}:, not ${otherScheme}:` };
  if (withoutPort(value) === withoutPort(origin)) return { code: "allow-origin-mismatch", says: "with another port" };
  return undefined;
}

function withoutPort(origin: string): string {
  return origin.replace(/:\d+$/, "");
}

function notTrue(code: FailureCode, value: string | undefined, where: string): Diagnosis {
  const name = "Access-Control-Allow-Credentials";
  if (value === undefined)
    return { code, says: `${where}${name} is missing, and credentials are included`, facts: [`no ${name}`] };
  const shown = printable(value, longestValue);
  return {
    code,
    says: `${where}${name} is "${shown}" and must be "true", byte for byte`,
    facts: [`${name}: ${shown}`],
    comparison: compareBytes(name, shown, "true"),
  };
}

/** What was asked and is not in a list of the preflight's answer, leaving out what `*` covers. */
export function missingNames(exchange: JudgedExchange, asked: string, allowed: string): readonly string[] {
  const known = headerMembers(exchange.sent.answer?.headers ?? [], allowed).map((name) => name.toLowerCase());
  return headerMembers(exchange.request.headers, asked).filter((name) => !known.includes(name.toLowerCase()));
}
