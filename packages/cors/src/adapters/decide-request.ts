import { decideWithLookup } from "../decide/decide-with-lookup.ts";
import type { Decision, RequestFacts } from "../decide/decision.ts";
import { decisionEvent } from "../observe/decision-event.ts";
import type { Policy } from "../policy/policy.ts";
import type { AdapterReports } from "./adapter-options.ts";

/**
 * Decides a request, and tells those who watch: `onDecision` and the subscribers of `corsmith.decision`. Where nobody does, that costs
 * two comparisons, and no event is made. Synchronous whenever nothing has to be awaited; the promise never rejects.
 *
 * @param url the target of the request line, or an absolute URL, for the event
 */
export function decideRequest(
  policy: Policy,
  facts: RequestFacts,
  reports: AdapterReports,
  url: string | undefined,
): Decision | Promise<Decision> {
  const decision = decideWithLookup(policy, facts);
  if (reports.onDecision === undefined && reports.channel?.hasSubscribers !== true) return decision;
  if (!(decision instanceof Promise)) return tell(decision, facts, reports, url);
  return decision.then((settled) => tell(settled, facts, reports, url));
}

/** A listener that throws must not change an answer. */
function tell(decision: Decision, facts: RequestFacts, reports: AdapterReports, url: string | undefined): Decision {
  const event = decisionEvent(decision, { method: facts.method, url });
  try {
    reports.onDecision?.(event);
  } catch (error) {
    reports.onError(error);
  }
  if (reports.channel?.hasSubscribers === true) reports.channel.publish(event);
  return decision;
}
