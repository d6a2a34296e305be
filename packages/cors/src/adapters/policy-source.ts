import { splitTarget } from "../http/target.ts";
import { definePolicy } from "../policy/define-policy.ts";
import { isPolicy, type Policy } from "../policy/policy.ts";
import { defineRoutes, isByRoute, type PoliciesByRoute, type PolicyOrFalse } from "../routes/read-routes.ts";
import { closed, routeFor } from "../routes/route-table.ts";
import type { AdapterReports } from "./adapter-options.ts";
import { forEveryRequest, type PolicyFor, targetOf } from "./policy-for.ts";

/** Everything that an adapter takes for a policy: one for all requests, one by route, or a function that chooses. */
export type PolicySource = PolicyOrFalse | PoliciesByRoute | ChoosePolicy;

/**
 * Chooses the policy of a request, by what every cache has in its key as well, so that no answer is stored for somebody else. What it
 * returns is checked and kept, by its content. If it throws, rejects, or returns what is no policy, the request is granted nothing.
 */
export type ChoosePolicy = (request: ChoiceRequest) => PolicyOrFalse | Promise<PolicyOrFalse>;

/** What a policy can be chosen by. */
export interface ChoiceRequest {
  /** The `Host` or `:authority` of the request, as it was sent, with its port. Never a forwarded one, which any client can send. */
  readonly host: string | undefined;
  /** As it was sent, nothing decoded. Routers read some paths in several ways: to have a policy by path, `routes` is the safe form. */
  readonly path: string;
  /** Without the `?`; empty if there is none. */
  readonly query: string;
}

/**
 * Reads what the user gave an adapter.
 *
 * @throws {PolicyError} if the policy has a mistake
 * @throws {RouteConflictError} if one of several, or a path, has
 */
export function readSource(source: PolicySource, reports: AdapterReports): PolicyFor {
  if (source === false) return () => false;
  if (isPolicy(source)) return forEveryRequest(source);
  if (typeof source === "function") return byChoice(source, reports);
  if (!isByRoute(source)) return forEveryRequest(definePolicy(source));
  const table = defineRoutes(source);
  return (_facts, exchange) => routeFor(table, splitTarget(targetOf(exchange) ?? "/").path).policy;
}

/** Policies kept. A service with more tenants than that compiles some of them again. */
const maxPolicies = 1_000;

function byChoice(choose: ChoosePolicy, reports: AdapterReports): PolicyFor {
  if (choose.length > 1) {
    throw new TypeError(
      "A function that chooses a policy takes one argument, { host, path, query }, and returns the policy or a promise of it. " +
        "It gets no request and no callback: what an answer depends on must be part of every cache's key.",
    );
  }
  const compile = policyCache();
  // Where no policy could be found, nothing is granted, and unsafe requests of foreign pages do not reach the application.
  const nothing = closed(true);
  const reported = new Set<string>();
  const refuse = (thrown: unknown): Policy => {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    if (reported.size < maxPolicies && !reported.has(text)) {
      reported.add(text);
      reports.onError(thrown);
    }
    return nothing;
  };
  return (facts, exchange) => {
    try {
      const chosen = choose({ host: facts.host, ...splitTarget(targetOf(exchange) ?? "/") });
      return isPromise(chosen) ? Promise.resolve(chosen).then(compile).catch(refuse) : compile(chosen);
    } catch (thrown) {
      return refuse(thrown);
    }
  };
}

function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return typeof value === "object" && value !== null && "then" in value;
}

/**
 * Compiles what was chosen, once for each content. A policy with an `originLookup` is code, which has no content to compare: it is kept
 * for the object that it is.
 */
function policyCache(): (chosen: PolicyOrFalse) => Policy | false {
  const byContent = new Map<string, Policy>();
  const withLookup = new WeakMap<object, Policy>();
  return (chosen) => {
    if (chosen === false || isPolicy(chosen)) return chosen;
    if (chosen?.originLookup !== undefined) {
      const known = withLookup.get(chosen) ?? definePolicy(chosen);
      withLookup.set(chosen, known);
      return known;
    }
    const content = JSON.stringify(chosen) ?? "";
    const policy = byContent.get(content) ?? definePolicy(chosen);
    // The one that was used last stands at the end; the one at the beginning goes first.
    byContent.delete(content);
    byContent.set(content, policy);
    const [oldest] = byContent.keys();
    if (byContent.size > maxPolicies && oldest !== undefined) byContent.delete(oldest);
    return policy;
  };
}
