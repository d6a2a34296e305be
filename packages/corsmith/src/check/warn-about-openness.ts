import { printable } from "@corsmith/cors/observe";
import { allowOrigin, allowsCredentials } from "../live/headers.ts";
import type { Sent } from "../live/recording-client.ts";
import type { WireAnswer } from "../live/send.ts";
import type { Warning } from "./check-finding.ts";
import type { CheckRequest } from "./check-request.ts";
import type { Probes } from "./probes.ts";

const allowlist = "Keep a list of the pages that you trust, and answer with an origin of it only.";

/** Does the server let in more than it should? */
export function warnAboutOpenness(
  request: CheckRequest,
  preflight: WireAnswer | undefined,
  probes: Probes,
): readonly Warning[] {
  const { base, strangeOrigin, withCookie, otherOrigin, otherOriginPreflight } = probes;
  const warnings: Warning[] = [];
  const reflecting = [otherOrigin, otherOriginPreflight].find((sent) => allowOrigin(sent?.answer) === strangeOrigin);
  if (reflecting !== undefined) warnings.push(reflects(reflecting));
  else if (allowOrigin(withCookie?.answer) === strangeOrigin && allowsCredentials(withCookie?.answer)) {
    warnings.push({
      id: "cookie-triggered-reflection",
      severity: "critical",
      says: "As soon as a request has a cookie, the server lets in whatever origin asks, with credentials: any web page can act as a user who is logged in.",
      fix: allowlist,
    });
  }
  const isOpen = warnings.some(({ id }) => id === "cookie-triggered-reflection");
  for (const answer of isOpen ? [] : [base?.answer, preflight]) {
    if (allowOrigin(answer) !== "*" || !allowsCredentials(answer)) continue;
    warnings.push({
      id: "wildcard-with-credentials",
      severity: "low",
      says: "The server says * together with Allow-Credentials: true. Browsers refuse the pair, so requests with cookies fail.",
      fix: `${allowlist} Or drop Allow-Credentials.`,
    });
    break;
  }
  if (request.origin === "null" && allowOrigin(base?.answer ?? preflight) === "null")
    warnings.push(allowsNull(allowsCredentials(base?.answer ?? preflight)));
  warnings.push(...insecure(request, base?.answer ?? preflight));
  return warnings;
}

function reflects(sent: Sent): Warning {
  const withCredentials = allowsCredentials(sent.answer);
  const asked = sent.method === "OPTIONS" ? "preflights" : "requests";
  return withCredentials
    ? {
        id: "reflect-any-credentials",
        severity: "critical",
        says: `The server lets in whatever origin asks, with credentials (seen with ${asked} of an origin that nobody can know): any web page can act as a user who is logged in.`,
        fix: allowlist,
      }
    : {
        id: "reflect-any-anonymous",
        severity: "medium",
        says: `The server lets in whatever origin asks (seen with ${asked} of an origin that nobody can know).`,
        fix: "If the data are public, answer * and no Vary. If they are not, keep a list.",
      };
}

function allowsNull(withCredentials: boolean): Warning {
  return {
    id: withCredentials ? "null-credentials" : "null-anonymous",
    severity: withCredentials ? "high" : "low",
    says: "The server lets in the origin null, and every sandboxed frame on every page has that.",
    fix: "Take null out of the list.",
  };
}

function insecure({ origin, url }: CheckRequest, answer: WireAnswer | undefined): readonly Warning[] {
  const isPlain = origin.startsWith("http:") && !/^http:\/\/(?:localhost|127\.|\[::1\])/.test(origin);
  if (!isPlain || !url.startsWith("https:") || allowOrigin(answer) !== origin || !allowsCredentials(answer)) return [];
  return [
    {
      id: "insecure-scheme",
      severity: "medium",
      says: `The https: API trusts ${printable(origin, 120)} with credentials, and whoever sits on that network can be that page.`,
      fix: "Trust https: origins only.",
    },
  ];
}
