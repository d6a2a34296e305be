import type { ServerResponse } from "node:http";
import { type Decision, isCorsResponseHeader } from "@corsmith/cors";
import type { DecisionDetails, DecisionFacts } from "../../journal/counting/decision-facts.ts";
import type { GatewayContext } from "../context.ts";
import { joinLines } from "../fields.ts";
import type { AcceptedRequest } from "../inbound/read-request.ts";
import type { RequestHead } from "../inbound/request-head.ts";
import { publicHost } from "../upstream/forwarded.ts";
import { sentHeaders } from "./sent-head.ts";

/** What came of a request. */
export interface Outcome {
  readonly response: ServerResponse;
  readonly status: number;
  /** Did the answer break off, or did the client leave before it ended? */
  readonly aborted: boolean;
  /** Was it a WebSocket? */
  readonly upgrade: boolean;
}

/** Tells the log, the journal and the meter of a decision whose answer is over. */
export function recordDecision(
  { decisions, journal, meter }: GatewayContext,
  accepted: AcceptedRequest,
  decision: Decision,
  outcome: Outcome,
): void {
  const { head, path, match, arrived } = accepted;
  const { status, aborted, upgrade } = outcome;
  const durationMs = performance.now() - arrived;
  decisions.record({ method: head.method, path, match, decision, status, durationMs, aborted, upgrade });
  if (journal === undefined && meter === undefined) return;
  const facts = factsOf(accepted, decision, outcome, durationMs);
  journal?.record(facts, () => detailsOf(accepted, decision, outcome.response, durationMs));
  meter?.requestOver({ ...facts, method: head.method, status, durationMs });
}

function factsOf(
  { head, match }: AcceptedRequest,
  decision: Decision,
  { response, status, aborted, upgrade }: Outcome,
  durationMs: number,
): DecisionFacts {
  const { fields } = head;
  const { reason, preflight } = decision;
  const failed = status >= 400 && decision.allowOrigin !== undefined;
  return {
    time: Date.now() - Math.round(durationMs),
    route: match.route,
    kind: preflight ? "preflight" : upgrade ? "websocket" : "actual",
    reason,
    origin: decision.origin,
    method: preflight ? (joinLines(fields.requestMethod) ?? "") : head.method,
    status: upgrade || response.headersSent ? status : undefined,
    // A page that may not open a WebSocket is refused by the gateway, whatever the policy does to other requests.
    answeredAtOnce: decision.status !== undefined || (upgrade && reason !== "allowed" && reason !== "not-cross-origin"),
    credentials: fields.cookie !== undefined || fields.authorization !== undefined,
    headerless: failed && !sentHeaders(response).some((name, place) => place % 2 === 0 && isAllowOrigin(name)),
    aborted,
    userAgent: typeof fields.userAgent === "string" ? fields.userAgent : undefined,
  };
}

function isAllowOrigin(name: string): boolean {
  return name.length === allowOrigin.length && name.toLowerCase() === allowOrigin;
}

const allowOrigin = "access-control-allow-origin";

function detailsOf(
  { head, hop, path, match }: AcceptedRequest,
  decision: Decision,
  response: ServerResponse,
  durationMs: number,
): DecisionDetails {
  const { fields } = head;
  const sent = sentHeaders(response);
  const answer: [string, string][] = [];
  for (let place = 0; place < sent.length; place += 2) {
    const name = sent[place] ?? "";
    if (isCorsResponseHeader(name) || name.toLowerCase() === "vary") answer.push([name, sent[place + 1] ?? ""]);
  }
  return {
    requestMethod: head.method,
    path,
    host: publicHost(head, hop),
    requestedHeaders: linesOf(fields.requestHeaders),
    headerNames: head.names,
    fetchMode: valueIn(head, "sec-fetch-mode"),
    fetchSite: joinLines(fields.fetchSite),
    refused: match.ambiguous === true ? ["ambiguous-path"] : refusedOf(decision),
    answer,
    durationMs,
  };
}

function refusedOf(decision: Decision): readonly string[] {
  switch (decision.reason) {
    case "headers-refused":
      return decision.names;
    case "method-refused":
      return [decision.method];
    case "malformed":
      return [decision.field];
    default:
      return [];
  }
}

function linesOf(lines: RequestHead["fields"]["requestHeaders"]): readonly string[] {
  return typeof lines === "string" ? [lines] : (lines ?? []);
}

function valueIn({ names, raw }: RequestHead, name: string): string | undefined {
  const place = names.indexOf(name);
  return place < 0 ? undefined : raw[2 * place + 1];
}
