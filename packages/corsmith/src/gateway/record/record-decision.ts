import type { ServerResponse } from "node:http";
import type { Decision } from "@corsmith/cors";
import { type DecisionRecord, isRefusal, refusedDetail } from "@corsmith/cors/observe";
import type { DecisionRecorder } from "../../journal/counting/recorder.ts";
import { joinLines } from "../fields.ts";
import { publicHost } from "../inbound/hop.ts";
import type { InboundRequest } from "../inbound/read-request.ts";
import { ambiguousPath } from "./decision-log.ts";
import { sentAnswer } from "./sent-head.ts";

/** What came of a request. */
export interface Outcome {
  readonly response: ServerResponse;
  readonly status: number;
  /** Did the answer break off, or did the client leave before it ended? */
  readonly aborted: boolean;
  readonly upgrade: boolean;
}

/** To whom decisions are reported: the log, the journal and the meter. */
export interface DecisionSubscribers {
  readonly decisions: DecisionRecorder;
  readonly journal: DecisionRecorder | undefined;
  readonly meter: DecisionRecorder | undefined;
}

/** Makes the record of a request whose answer is over, and reports it. */
export function recordDecision(
  { decisions, journal, meter }: DecisionSubscribers,
  { head, hop, path, match, arrived }: InboundRequest,
  decision: Decision,
  { response, status, aborted, upgrade }: Outcome,
): void {
  const { fields } = head;
  const { reason, preflight, origin, allowOrigin } = decision;
  const answer = sentAnswer(response);
  const durationMs = performance.now() - arrived;
  const record: DecisionRecord = {
    time: Date.now() - Math.round(durationMs),
    kind: preflight ? "preflight" : upgrade ? "websocket" : "actual",
    reason,
    preflight,
    // A page that may not open a WebSocket is refused by the gateway, whatever the policy does to other requests.
    status: upgrade && isRefusal(reason) ? 403 : decision.status,
    method: head.method,
    path,
    origin,
    requestedMethod: joinLines(fields.requestMethod),
    requestedHeaders: joinLines(fields.requestHeaders),
    refused: match.ambiguous === true ? [ambiguousPath] : refusedDetail(decision),
    answer,
    credentials: fields.cookie !== undefined || fields.authorization !== undefined,
    finalStatus: upgrade || response.headersSent ? status : undefined,
    headerless: status >= 400 && allowOrigin !== undefined && answer.allowOrigin === undefined,
    route: match.route,
    host: publicHost(head, hop),
    headerNames: head.names,
    fetchMode: joinLines(fields.fetchMode),
    fetchSite: joinLines(fields.fetchSite),
    userAgent: typeof fields.userAgent === "string" ? fields.userAgent : undefined,
    aborted,
    durationMs,
  };
  decisions.record(record);
  journal?.record(record);
  meter?.record(record);
}
