import { isDeepStrictEqual } from "node:util";
import { type LoadRequest, loadConfiguration } from "../../config/load-configuration.ts";
import { compilePolicies, type PolicySet, policySetData } from "../../config/policy-set.ts";
import type { SentPolicies } from "./worker-messages.ts";

/** Makes the policies of a load ready to be sent to a worker. */
export function sendPolicies(policies: PolicySet, load: number, { folder, flags }: LoadRequest): SentPolicies {
  const data = policySetData(policies);
  const hasCode = [data, ...data.routes].some(({ policy }) => policy !== false && policy.originLookup !== undefined);
  return hasCode ? { load, data, reload: { folder, flags } } : { load, data };
}

/**
 * Builds the policies that were sent. Throws where they have code, and the file is not any more what it was when the primary read it; the
 * edit that made it so brings a load of its own.
 */
export function receivePolicies({ data, load, reload }: SentPolicies): PolicySet {
  if (reload === undefined) return compilePolicies(data.policy, data.routes);
  const { configuration } = loadConfiguration({ ...reload, environment: process.env });
  const policies = configuration?.policies;
  if (policies !== undefined && isDeepStrictEqual(policySetData(policies), data)) return policies;
  throw new Error(`The configuration was edited while load ${load} was being applied.`);
}
