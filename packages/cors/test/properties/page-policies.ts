import fc from "fast-check";
import type { PolicyInput } from "../../src/index.ts";
import { policies } from "./arbitraries.ts";

/** Each policy with what the arbitrary for servers leaves out: opaque origins, protection, and origins that only a lookup knows. */
export const pagePolicies: fc.Arbitrary<PolicyInput> = fc
  .tuple(policies, fc.boolean(), fc.boolean(), fc.integer({ min: 0, max: 3 }), fc.boolean())
  .map(([policy, allowsNull, crossOriginProtection, lookup, exposesAll]) => {
    const anyOrigin = [policy.allowOrigins].flat().includes("*");
    return {
      ...policy,
      crossOriginProtection: crossOriginProtection && !anyOrigin,
      ...(exposesAll && policy.allowCredentials !== true ? { exposeHeaders: "*" } : {}),
      ...(allowsNull && !anyOrigin ? withNull(policy) : {}),
      ...(lookup === 0 && !anyOrigin ? { originLookup: { find: findByLength } } : {}),
    };
  });

function withNull(policy: PolicyInput): PolicyInput {
  const dangerously = { ...policy.dangerously, allowNullOrigin: true, allowNullOriginWithCredentials: true };
  return { allowOrigins: [...[policy.allowOrigins ?? []].flat(), "null"], dangerously };
}

/** A third of all origins is known to it, a third is not, and for a third it fails. */
function findByLength(origin: string): boolean {
  if (origin.length % 3 === 0) throw new Error("The database is away.");
  return origin.length % 3 === 1;
}
