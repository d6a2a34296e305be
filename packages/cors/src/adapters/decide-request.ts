import { decideWithLookup } from "../decide/decide.ts";
import type { Decision, RequestFacts } from "../decide/decision.ts";
import { decisionEvent } from "../observe/decision-record.ts";
import type { Exchange } from "../observe/exchange.ts";
import type { Policy } from "../policy/policy.ts";
import type { AdapterReports } from "./adapter-options.ts";

/**
 * Decides a request, and tells those who watch. Synchronous whenever nothing has to be awaited; the promise never rejects.
 *
 * @param exchange for those who watch
 */
export function decideRequest(
  policy: Policy,
  facts: RequestFacts,
  reports: AdapterReports,
  exchange: Exchange,
): Decision | Promise<Decision> {
  const decision = decideWithLookup(policy, facts);
  if (!(decision instanceof Promise)) return tellDecision(decision, facts, reports, exchange);
  return decision.then((settled) => tellDecision(settled, facts, reports, exchange));
}

/**
 * Tells `onDecision` and the subscribers of `corsmith.decision`, and returns the decision. Where nobody watches, that costs two
 * comparisons, and no event is made. A listener that throws must not change an answer.
 */
export function tellDecision(
  decision: Decision,
  facts: RequestFacts,
  reports: AdapterReports,
  exchange: Exchange,
): Decision {
  const published = reports.channel?.hasSubscribers === true;
  if (reports.onDecision === undefined && !published) return decision;
  const event = decisionEvent(decision, facts, exchange.request);
  try {
    reports.onDecision?.(event, exchange);
  } catch (error) {
    reports.onError(error);
  }
  if (published) reports.channel.publish(event);
  return decision;
}
