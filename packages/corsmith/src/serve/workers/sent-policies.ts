import { isDeepStrictEqual } from "node:util";
import { definePolicy, type Policy, type PolicyInput } from "@corsmith/cors";
import { compileRouteTable } from "@corsmith/cors/routes";
import { type LoadRequest, loadConfiguration } from "../../config/load-configuration.ts";
import { isPublicSuffix, type PolicySet, type PolicySetData, policySetData } from "../../config/policy-set.ts";
import type { SentPolicies } from "./worker-messages.ts";

/** Makes the policies of a load ready to be sent to a worker. */
export function sendPolicies(policies: PolicySet, load: number, { folder, flags }: LoadRequest): SentPolicies {
  const data = plain(policies);
  const hasCode = [policies.policy, ...policies.routes.map((route) => route.policy)].some(
    ({ originLookup }) => originLookup !== undefined,
  );
  return hasCode ? { load, data, reload: { folder, flags } } : { load, data };
}

/**
 * Builds the policies that were sent. Throws where they have code, and the file is not any more what it was when the primary read it; the
 * edit that made it so brings a load of its own.
 */
export function receivePolicies({ data, load, reload }: SentPolicies): PolicySet {
  if (reload === undefined) return rebuild(data);
  const { configuration } = loadConfiguration({ ...reload, environment: process.env });
  const policies = configuration?.policies;
  if (policies !== undefined && isDeepStrictEqual(plain(policies), data)) return policies;
  throw new Error(`The configuration was edited while load ${load} was put in force.`);
}

/** A policy's own keys are its canonical input, so building from them gives the same policy. */
function rebuild(data: PolicySetData): PolicySet {
  const build = (input: Policy): Policy => definePolicy(input satisfies PolicyInput, { isPublicSuffix });
  const policy = build(data.policy);
  const routes = data.routes.map((route) => ({ path: route.path, policy: build(route.policy) }));
  return { policy, routes, table: compileRouteTable(policy, routes) };
}

function plain(policies: PolicySet): PolicySetData {
  return JSON.parse(JSON.stringify(policySetData(policies))) as PolicySetData;
}
