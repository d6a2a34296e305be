import { isLoopbackHost, type Severity } from "@corsmith/cors";
import { printable } from "@corsmith/cors/observe";
import { allowOrigin, allowsCredentials } from "../live/headers.ts";
import type { Sent } from "../live/safe-client.ts";
import type { LiveAnswer } from "../live/send.ts";
import type { MisconfigurationCode } from "../misconfigurations/catalogue.ts";
import { misconfigured, type Warning } from "./check-finding.ts";
import type { CheckRequest } from "./check-request.ts";
import type { Probes } from "./probes.ts";

const anyPage = "any web page can act as a user who is logged in";

/** Does the server allow more than it should? */
export function warnAboutOpenness(
  request: CheckRequest,
  preflight: LiveAnswer | undefined,
  { base, strangeOrigin, withCookie, otherOrigin, otherOriginPreflight }: Probes,
): readonly Warning[] {
  const reflecting = [otherOrigin, otherOriginPreflight].find((sent) => allowOrigin(sent?.answer) === strangeOrigin);
  const reflectsCookies = allowOrigin(withCookie?.answer) === strangeOrigin && allowsCredentials(withCookie?.answer);
  const isPair = [base?.answer, preflight].some((each) => allowOrigin(each) === "*" && allowsCredentials(each));
  const warnings = openTo(request, base?.answer ?? preflight);
  if (reflecting === undefined && reflectsCookies) {
    const message = `As soon as a request has a cookie, the server allows every origin, with credentials: ${anyPage}.`;
    return [found("cookie-triggered-reflection", "critical", message), ...warnings];
  }
  const pair =
    "The server says * together with Allow-Credentials: true. Browsers reject the combination, so requests with cookies fail.";
  return [
    ...(reflecting === undefined ? [] : [reflects(reflecting)]),
    ...(isPair ? [found("wildcard-with-credentials", "low", pair, "*")] : []),
    ...warnings,
  ];
}

function reflects(sent: Sent): Warning {
  const asked = `(seen with ${sent.method === "OPTIONS" ? "preflights" : "requests"} of an origin that it cannot know)`;
  if (allowsCredentials(sent.answer)) {
    const message = `The server allows every origin, with credentials ${asked}: ${anyPage}.`;
    return found("reflect-any-credentials", "critical", message);
  }
  return found("reflect-any-anonymous", "medium", `The server allows every origin ${asked}.`);
}

/** The page's own origin may be one that others can have too. */
function openTo({ origin, url }: CheckRequest, answer: LiveAnswer | undefined): readonly Warning[] {
  const withCredentials = allowsCredentials(answer);
  if (allowOrigin(answer) !== origin) return [];
  if (origin === "null") {
    const message = "The server allows the origin null, and every sandboxed frame on every page has that.";
    const [code, severity] = withCredentials
      ? (["null-credentials", "high"] as const)
      : (["null-anonymous", "low"] as const);
    return [found(code, severity, message, origin)];
  }
  const { protocol, hostname } = new URL(origin);
  if (protocol !== "http:" || isLoopbackHost(hostname) || !url.startsWith("https:") || !withCredentials) return [];
  const message = `The https: API trusts ${printable(origin, 120)} with credentials, and anyone on that network can be that page.`;
  return [found("insecure-scheme", "medium", message, origin)];
}

function found(code: MisconfigurationCode, severity: Severity, message: string, value?: string): Warning {
  return misconfigured(code, severity, "Access-Control-Allow-Origin", message, value);
}
