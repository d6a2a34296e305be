import { type Decision, decide, decideWithLookup, type RequestFacts } from "@corsmith/cors";
import { joinLines } from "./field-lines.ts";
import { type Hop, publicHost } from "./forwarded.ts";
import type { RequestHead } from "./request-head.ts";
import type { RouteMatch } from "./route-table.ts";

/**
 * Decides a request, once, when it arrives: everything that is answered afterwards is answered by this. Synchronous unless the policy
 * has to look the origin up; never rejects.
 */
export function decideArrival(
  head: RequestHead,
  hop: Hop,
  match: RouteMatch,
  upgrade: boolean,
): Decision | Promise<Decision> {
  const facts = requestFacts(head, hop, upgrade);
  if (match.ambiguous !== true) return decideWithLookup(match.policy, facts);
  const decision = decide(match.policy, facts);
  // The closed policy knows origins by a lookup that is never asked; to the reader of the log the origin is simply refused.
  return decision.reason === "origin-lookup-failed" ? { ...decision, reason: "origin-refused" } : decision;
}

function requestFacts(head: RequestHead, hop: Hop, upgrade: boolean): RequestFacts {
  const { fields } = head;
  return {
    method: head.method,
    origin: fields.origin,
    requestMethod: joinLines(fields.requestMethod),
    requestHeaders: fields.requestHeaders,
    host: publicHost(head, hop),
    fetchSite: joinLines(fields.fetchSite),
    upgrade,
  };
}
