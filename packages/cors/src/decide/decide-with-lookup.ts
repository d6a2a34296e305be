import { compiled, type Policy } from "../policy/policy.ts";
import { decide } from "./decide.ts";
import type { Decision, RequestFacts } from "./decision.ts";

/**
 * Decides a request, and asks the policy's `originLookup` if the policy itself does not know the origin. Synchronous whenever nothing
 * has to be awaited; the promise never rejects. Every adapter decides by this.
 *
 * @example
 * ```ts
 * import { decideWithLookup, definePolicy } from "@corsmith/cors";
 *
 * const tenants = new Set(["https://one.example", "https://two.example"]);
 * const policy = definePolicy({ originLookup: { find: async (origin) => tenants.has(origin) } });
 * const decision = await decideWithLookup(policy, { method: "GET", origin: "https://two.example" });
 * console.assert(decision.allowOrigin === "https://two.example");
 * ```
 */
export function decideWithLookup(policy: Policy, request: RequestFacts): Decision | Promise<Decision> {
  const decision = decide(policy, request);
  const { lookup } = policy[compiled];
  if (decision.reason !== "origin-lookup-failed" || lookup === undefined || decision.origin === undefined)
    return decision;
  const verdict = lookup.ask(decision.origin);
  if (typeof verdict === "string") return decide(policy, { ...request, lookup: verdict });
  return verdict.then((found) => decide(policy, { ...request, lookup: found }));
}
