import { definePolicy } from "../policy/define-policy.ts";
import { isPolicy, type Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";

/** Takes a policy, or what a policy is made of. Whoever calls this carries the checks of a policy. @throws {PolicyError} */
export function toPolicy(policy: PolicyInput | Policy): Policy {
  return isPolicy(policy) ? policy : definePolicy(policy);
}
