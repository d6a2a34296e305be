import { decideWithLookup } from "../decide/decide-with-lookup.ts";
import type { Decision, RequestFacts } from "../decide/decision.ts";
import { decisionEvent } from "../observe/decision-event.ts";
import type { Policy } from "../policy/policy.ts";
import type { AdapterReports } from "./adapter-options.ts";

/**
 * Decides a request, and tells those who watch. Synchronous whenever nothing has to be awaited; the promise never rejects.
 *
 * @param url the target of the request line, or an absolute URL, for those who watch
 */
export function decideRequest(
  policy: Policy,
  facts: RequestFacts,
  reports: AdapterReports,
  url: string | undefined,
): Decision | Promise<Decision> {
  const decision = decideWithLookup(policy, facts);
  if (!(decision instanceof Promise)) return tellDecision(decision, facts, reports, url);
  return decision.then((settled) => tellDecision(settled, facts, reports, url));
}

/**
 * Tells `onDecision` and the subscribers of `corsmith.decision`, and returns the decision. Where nobody watches, that costs two
 * comparisons, and no event is made. A listener that throws must not change an answer.
 */
export function tellDecision(
  decision: Decision,
  facts: RequestFacts,
  reports: AdapterReports,
  url: string | undefined,
): Decision {
  const published = reports.channel?.hasSubscribers === true;
  if (reports.onDecision === undefined && !published) return decision;
  const { method, requestMethod, requestHeaders } = facts;
  const event = decisionEvent(decision, { method, url, requestMethod, requestHeaders });
  try {
    reports.onDecision?.(event);
  } catch (error) {
    reports.onError(error);
  }
  if (published) reports.channel.publish(event);
  return decision;
}
