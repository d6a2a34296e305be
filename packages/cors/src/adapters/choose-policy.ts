import { splitTarget } from "../http/target.ts";
import { definePolicy } from "../policy/define-policy.ts";
import { isPolicy, type Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import type { PolicyOrFalse } from "../routes/read-routes.ts";
import { closed } from "../routes/route-table.ts";
import type { AdapterReports } from "./adapter-options.ts";
import { type PolicyFor, targetOf } from "./policy-for.ts";

/**
 * Chooses the policy of a request, by what every cache has in its key as well, so that no answer is stored for somebody else. What it
 * returns is checked and kept, by its content. If it throws, rejects, or returns what is no policy, the request is granted nothing.
 */
export type ChoosePolicy = (request: ChoiceRequest) => PolicyOrFalse | Promise<PolicyOrFalse>;

/** What a policy can be chosen by. */
export interface ChoiceRequest {
  /** The `Host` or `:authority` of the request, in lower case, with its port. Never a forwarded one, which any client can send. */
  readonly host: string | undefined;
  /** As it was sent, nothing decoded. Routers read some paths in several ways: to have a policy by path, `routes` is the safe form. */
  readonly path: string;
  /** Without the `?`; empty if there is none. */
  readonly query: string;
}

/** Policies kept. A service with more tenants than that compiles some of them again. */
const maxPolicies = 1_000;

/**
 * Asks the user's function for the policy of each request.
 *
 * @throws {TypeError} if it takes more than the one argument
 */
export function choosePolicy(choose: ChoosePolicy, reports: AdapterReports): PolicyFor {
  if (choose.length > 1) {
    throw new TypeError(
      "A function that chooses a policy takes one argument, { host, path, query }, and returns the policy or a promise of it. " +
        "It gets no request and no callback: what an answer depends on must be part of every cache's key.",
    );
  }
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
  const compile = compileOnce(refuse);
  return (facts, exchange) => {
    try {
      const chosen = choose({ host: facts.host?.toLowerCase(), ...splitTarget(targetOf(exchange) ?? "/") });
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
 * Compiles what was chosen, once for each content, a wrong one too. A policy with an `originLookup` is code, which has no content to
 * compare: it is kept for the object that it is.
 */
function compileOnce(refuse: (thrown: unknown) => Policy): (chosen: PolicyOrFalse) => Policy | false {
  const byContent = new Map<string, Policy>();
  const withLookup = new WeakMap<object, Policy>();
  const compile = (chosen: PolicyInput): Policy => {
    try {
      return definePolicy(chosen);
    } catch (thrown) {
      return refuse(thrown);
    }
  };
  return (chosen) => {
    if (chosen === false || isPolicy(chosen)) return chosen;
    if (chosen?.originLookup !== undefined) {
      const known = withLookup.get(chosen) ?? compile(chosen);
      withLookup.set(chosen, known);
      return known;
    }
    const content = JSON.stringify(chosen) ?? "";
    const policy = byContent.get(content) ?? compile(chosen);
    // The one that was used last stands at the end; the one at the beginning goes first.
    byContent.delete(content);
    byContent.set(content, policy);
    const [oldest] = byContent.keys();
    if (byContent.size > maxPolicies && oldest !== undefined) byContent.delete(oldest);
    return policy;
  };
}
