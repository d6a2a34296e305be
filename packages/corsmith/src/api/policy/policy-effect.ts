import { type Decision, decide, type Policy } from "@corsmith/cors";
import type { Effect } from "../schemas/policy-effect.ts";

/** Methods for which a page needs no permission. @see https://fetch.spec.whatwg.org/#cors-safelisted-method */
const safelisted: ReadonlySet<string> = new Set(["GET", "HEAD", "POST"]);
/** Methods that browsers write in capitals, however the page wrote them. @see https://fetch.spec.whatwg.org/#concept-method-normalize */
const normalized: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

/** What a page meets: first the preflight, where the browser sends one, then the request itself. */
export function policyEffect(policy: Policy, origin: string, method: string, headers: readonly string[] = []): Effect {
  const capitals = method.toUpperCase();
  const asked = normalized.has(capitals) ? capitals : method;
  const preflight = !safelisted.has(asked) || headers.length > 0;
  if (preflight) {
    const names = [...new Set(headers.map((name) => name.toLowerCase()))].toSorted().join(",");
    const answer = decide(policy, {
      method: "OPTIONS",
      origin,
      requestMethod: asked,
      ...(names === "" ? {} : { requestHeaders: names }),
    });
    if (answer.reason !== "allowed") return effectOf(answer, { method: asked, preflight, reaches: false });
  }
  const answer = decide(policy, { method: asked, origin, fetchSite: "cross-site" });
  return effectOf(answer, { method: asked, preflight, reaches: answer.status === undefined });
}

function effectOf(decision: Decision, what: Pick<Effect, "method" | "preflight" | "reaches">): Effect {
  const allowed = decision.reason === "allowed";
  return {
    ...what,
    allowed,
    reason: decision.reason,
    kind: decision.preflight ? "preflight" : "actual",
    credentials: allowed && decision.allowCredentials,
    ...(decision.reason === "headers-refused" ? { names: decision.names } : {}),
  };
}
