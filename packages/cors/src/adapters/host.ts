import { decideUnreadable, decideWithLookup } from "../decide/decide.ts";
import type { Decision, RequestFacts } from "../decide/decision.ts";
import { refuseUpgrade } from "../decide/refuse-upgrade.ts";
import { decisionRecord } from "../observe/decision-record.ts";
import type { Exchange } from "../observe/pending-responses.ts";
import type { Policy } from "../policy/policy.ts";
import { type Answer, respond } from "../respond/respond.ts";
import { type AdapterOptions, type AdapterReports, adapterReports } from "./adapter-options.ts";
import { forEveryRequest, type PolicyFor, targetOf } from "./policy-for.ts";
import { type PolicySource, readSource } from "./policy-source.ts";

/**
 * Makes what a host registers of a policy, or of what one is made of; of policies by route; or of a function that chooses one.
 *
 * @throws {PolicyError} if the policy has a mistake
 * @throws {RouteConflictError} if a policy or a path of the routes has one
 */
export type Cors<Registered> = (policy: PolicySource, options?: AdapterOptions) => Registered;

/**
 * The same for a policy that `definePolicy` or `restorePolicy` made. A bundle that uses `enforce` instead of `cors` leaves out the checks
 * of a policy.
 *
 * @throws {TypeError} if it is not a policy
 */
export type Enforce<Registered> = (policy: Policy, options?: AdapterOptions) => Registered;

/**
 * Decides a request and answers it, once, on arrival. Synchronous whenever nothing has to be awaited; the promise never rejects.
 *
 * @param facts absent where the host handed over no headers that can be read
 */
export type AnswerRequest = (facts: RequestFacts | undefined, exchange: Exchange) => Answer | Promise<Answer>;

/** Decides a request; {@link AnswerRequest} for hosts that answer in a way of their own. */
export type DecideRequest = (facts: RequestFacts | undefined, exchange: Exchange) => Decision | Promise<Decision>;

/** Makes what a host registers: what {@link enforceOf} and {@link corsOf} make `enforce` and `cors` of, apart, so that a bundler can leave one out. */
export type Host<Registered> = (policyFor: PolicyFor, reports: AdapterReports) => Registered;

/** A host in which the adapter gives the answers. @param register only carries values */
export function host<Registered>(
  register: (answer: AnswerRequest, reports: AdapterReports) => Registered,
): Host<Registered> {
  return (policyFor, reports) => register(answering(policyFor, reports), reports);
}

/** Answers by the policy that the request is under, and reports what was decided. */
export function answering(policyFor: PolicyFor, reports: AdapterReports): AnswerRequest {
  const decide = deciding(policyFor);
  return (facts, exchange) =>
    whenSettled(decide(facts, exchange), (decision) => respond(reportDecision(decision, facts, reports, exchange)));
}

/** Decides by the policy that the request is under. */
export function deciding(policyFor: PolicyFor): DecideRequest {
  return (facts, exchange) => {
    if (facts === undefined) return decideUnreadable();
    const decision = whenSettled(policyFor(facts, exchange), (policy) => decideWithLookup(policy, facts));
    if (exchange.opensWebSocket !== true) return decision;
    return whenSettled(decision, (decided) => refuseUpgrade(decided, facts));
  };
}

/** Makes the `enforce` of an adapter. */
export function enforceOf<Registered>(registered: Host<Registered>): Enforce<Registered> {
  return (policy, options = {}) => registered(forEveryRequest(policy), adapterReports(options));
}

/** Makes the `cors` of an adapter. A bundle that uses it carries the checks of a policy. */
export function corsOf<Registered>(registered: Host<Registered>): Cors<Registered> {
  return (source, options = {}) => {
    const reports = adapterReports(options);
    return registered(readSource(source, reports), reports);
  };
}

/** Goes on with what may still have to be awaited; at once, if it need not be. */
export function whenSettled<Value, Result>(
  value: Value | Promise<Value>,
  use: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(use) : use(value);
}

/**
 * Reports a decision to `onDecision` and to the subscribers of `corsmith.decision`, and returns it. Without either, that costs two
 * comparisons, and no record is made. A listener that throws must not change an answer.
 */
export function reportDecision(
  decision: Decision,
  facts: RequestFacts | undefined,
  reports: AdapterReports,
  exchange: Exchange,
): Decision {
  const published = reports.channel?.hasSubscribers === true;
  if (reports.onDecision === undefined && !published) return decision;
  const record = decisionRecord(decision, facts ?? unknownFacts(exchange), targetOf(exchange));
  try {
    reports.onDecision?.(record, exchange);
  } catch (error) {
    reports.onError(error);
  }
  if (published) reports.channel.publish(record);
  return decision;
}

function unknownFacts({ request }: Exchange): RequestFacts {
  return { method: request.method ?? "" };
}
