import type { Decision, RequestFacts } from "./decision.ts";
import { refusesUnprotected } from "./protection.ts";

/**
 * The decision on a WebSocket, whose only protection is the server's own look at `Origin`: what the policy does not allow is refused,
 * whether or not it has `crossOriginProtection`. The API's own pages pass, and so does every client that is not a browser.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-10.2
 */
export function refuseUpgrade(decision: Decision, facts: RequestFacts): Decision {
  const { reason, allowOrigin, origin } = decision;
  const ownPage = reason === "not-cross-origin" && origin !== undefined;
  if (reason === "no-policy" || allowOrigin !== undefined || ownPage || !refusesUnprotected(facts)) return decision;
  if (reason !== "not-cross-origin") return { ...decision, status: 403 };
  // A browser that says it is cross-site and hides its origin is refused like any other.
  return { ...decision, reason: "origin-refused", status: 403 };
}
