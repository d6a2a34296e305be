import { decideWithLookup } from "../decide/decide.ts";
import type { Decision, RequestFacts } from "../decide/decision.ts";
import { decisionRecord } from "../observe/decision-record.ts";
import type { Exchange } from "../observe/pending-responses.ts";
import type { Policy } from "../policy/policy.ts";
import type { AdapterReports } from "./adapter-options.ts";

/** Decides a request, and reports the decision. Synchronous whenever nothing has to be awaited; the promise never rejects. */
export function decideRequest(
  policy: Policy,
  facts: RequestFacts,
  reports: AdapterReports,
  exchange: Exchange,
): Decision | Promise<Decision> {
  const decision = decideWithLookup(policy, facts);
  if (!(decision instanceof Promise)) return reportDecision(decision, facts, reports, exchange);
  return decision.then((settled) => reportDecision(settled, facts, reports, exchange));
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
