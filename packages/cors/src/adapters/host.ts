import { decideWithLookup } from "../decide/decide.ts";
import type { Decision, RequestFacts } from "../decide/decision.ts";
import { decisionRecord } from "../observe/decision-record.ts";
import type { Exchange } from "../observe/pending-responses.ts";
import { definePolicy } from "../policy/define-policy.ts";
import { assertPolicy, isPolicy, type Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import { type Answer, respond } from "../respond/respond.ts";
import { type AdapterOptions, type AdapterReports, adapterReports } from "./adapter-options.ts";

/**
 * Makes what a host registers of a policy, or of what one is made of.
 *
 * @throws {PolicyError} if the policy has a mistake
 */
export type Cors<Registered> = (policy: PolicyInput | Policy, options?: AdapterOptions) => Registered;

/**
 * The same for a policy that `definePolicy` or `restorePolicy` made. A bundle that uses `enforce` instead of `cors` leaves out the checks
 * of a policy.
 *
 * @throws {TypeError} if it is not a policy
 */
export type Enforce<Registered> = (policy: Policy, options?: AdapterOptions) => Registered;

/** Decides a request and answers it, once, on arrival. Synchronous whenever nothing has to be awaited; the promise never rejects. */
export type AnswerRequest = (facts: RequestFacts, exchange: Exchange) => Answer | Promise<Answer>;

/**
 * Makes the `enforce` of an adapter, and {@link corsOf} makes its `cors` of that: apart, so that a bundler can leave the second one out.
 *
 * @param register makes what the host registers; it only carries values
 */
export function host<Registered>(
  register: (answer: AnswerRequest, reports: AdapterReports) => Registered,
): Enforce<Registered> {
  return (policy, options = {}) => {
    const checked = assertPolicy(policy);
    const reports = adapterReports(options);
    return register(
      (facts, exchange) =>
        whenSettled(decideWithLookup(checked, facts), (decision) =>
          respond(reportDecision(decision, facts, reports, exchange)),
        ),
      reports,
    );
  };
}

/** Goes on with what may still have to be awaited; at once, if it need not be. */
export function whenSettled<Value, Result>(
  value: Value | Promise<Value>,
  use: (value: Value) => Result,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(use) : use(value);
}

/** Makes the `cors` of an adapter. A bundle that uses it carries the checks of a policy. */
export function corsOf<Registered>(enforce: Enforce<Registered>): Cors<Registered> {
  return (policy, options) => enforce(isPolicy(policy) ? policy : definePolicy(policy), options);
}

/**
 * Reports a decision to `onDecision` and to the subscribers of `corsmith.decision`, and returns it. Without either, that costs two
 * comparisons, and no record is made. A listener that throws must not change an answer.
 */
export function reportDecision(
  decision: Decision,
  facts: RequestFacts,
  reports: AdapterReports,
  exchange: Exchange,
): Decision {
  const published = reports.channel?.hasSubscribers === true;
  if (reports.onDecision === undefined && !published) return decision;
  const record = decisionRecord(decision, facts, exchange.request);
  try {
    reports.onDecision?.(record, exchange);
  } catch (error) {
    reports.onError(error);
  }
  if (published) reports.channel.publish(record);
  return decision;
}
