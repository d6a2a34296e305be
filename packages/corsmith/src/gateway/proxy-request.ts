import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, type Decision, respond } from "@corsmith/cors";
import type { RouteTable } from "@corsmith/cors/routes";
import { pushAnswer } from "./answer/client-headers.ts";
import { answerFailure, guardRequest } from "./answer/failure.ts";
import { ResponseRelay } from "./answer/relay.ts";
import { upstreamExpose } from "./answer/upstream-expose.ts";
import type { ClientConnections } from "./inbound/connections.ts";
import { bodyFraming } from "./inbound/framing.ts";
import { type InboundRequest, type ReadingTerms, readRequest } from "./inbound/read-request.ts";
import type { RequestTarget } from "./inbound/request-target.ts";
import type { DecisionLog } from "./record/decision-log.ts";
import { type DecisionSubscribers, recordDecision } from "./record/record-decision.ts";
import { writeHead } from "./record/sent-head.ts";
import type { Upstream } from "./upstream/client.ts";
import type { UpstreamExchange } from "./upstream/exchange.ts";
import { upstreamHeaders } from "./upstream/headers.ts";

/** What all requests of one gateway share. Only what conducts a request has it whole; everything below takes its own part. */
export interface GatewayContext extends ReadingTerms, DecisionSubscribers {
  readonly decisions: DecisionLog;
  readonly upstream: Upstream;
  readonly connections: ClientConnections;
  /** Replaced as a whole. A request takes it once, when it arrives. */
  routes: RouteTable;
  /** Is the listener closed, so that every connection ends with its next answer? */
  draining: boolean;
}

/** A request of a client and the answer that it will get. */
export interface ClientTurn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Does the client wait for a 100 before it sends its body? */
  readonly expectsContinue: boolean;
}

/** Serves a request: decides it, and then answers it at once (a preflight, a request that is refused) or passes it to the upstream. */
export function proxyRequest(context: GatewayContext, turn: ClientTurn): void {
  const { socket } = turn.request;
  context.connections.inTurn(socket, () => {
    turn.response.once("close", () => context.connections.end(socket));
    guardRequest(context.decisions, turn.response, () => decideAndServe(context, turn));
  });
}

function decideAndServe(context: GatewayContext, turn: ClientTurn): void {
  const inbound = readRequest(context, turn.request, false);
  const { decision } = inbound;
  const proceed = (decided: Decision): void =>
    guardRequest(context.decisions, turn.response, () => serve(context, inbound, decided, turn));
  if (decision instanceof Promise) void decision.then(proceed);
  else serve(context, inbound, decision, turn);
}

function serve(context: GatewayContext, inbound: InboundRequest, decision: Decision, turn: ClientTurn): void {
  const { target } = inbound;
  const { request, response } = turn;
  recordWhenOver(context, inbound, decision, response);
  // The client may have left while the origin was looked up.
  if (response.destroyed) return;
  const answer = respond(decision);
  if ("status" in target) {
    context.connections.refuseRest(request.socket);
    answerFailure(response, target, answer, true);
  } else if (answer.status !== undefined) answerDecision(context, answer, turn);
  else forward(context, inbound, target, answer, turn);
}

/** A preflight's answer has no body. That to a request that `crossOriginProtection` stops says why. */
function answerDecision(context: GatewayContext, answer: Answer, turn: ClientTurn): void {
  const { response } = turn;
  const status = answer.status ?? 204;
  const headers: string[] = [];
  pushAnswer(headers, answer, undefined);
  if (isLast(context, turn)) headers.push("Connection", "close");
  if (answer.body !== undefined) headers.push("Content-Type", answer.body.type);
  if (status !== 204) headers.push("Content-Length", String(answer.body?.text.length ?? 0));
  writeHead(response, status, undefined, headers);
  response.end(answer.body?.text);
}

/** Does the connection end after this answer? */
function isLast(context: GatewayContext, { request }: ClientTurn): boolean {
  return context.draining && !context.connections.hasWaiting(request.socket);
}

function forward(
  context: GatewayContext,
  { head, hop, match }: InboundRequest,
  target: RequestTarget,
  answer: Answer,
  turn: ClientTurn,
): void {
  const { request, response, expectsContinue } = turn;
  const { upstream, decisions, connections } = context;
  const framing = bodyFraming(head);
  const headers = upstreamHeaders(head, { hop, framing, upstream });
  let exchange: UpstreamExchange | undefined;
  const relay = new ResponseRelay(response, {
    answer,
    expose: upstreamExpose(decisions, match),
    closing: () => isLast(context, turn),
    onDrain: () => exchange?.resume(),
    abort: () => exchange?.abort(),
    onFailure: (failure, error) => decisions.upstreamFailed(failure, error),
  });
  connections.relayed(request.socket, { request, relay });
  const onContinue = expectsContinue ? () => response.writeContinue() : undefined;
  const body = framing === "none" ? undefined : { stream: request, onContinue };
  exchange = upstream.exchange({ method: head.method, target: target.forward, headers }, body, relay);
  response.once("close", () => {
    if (response.writableFinished) return;
    relay.stop();
    exchange.abort();
  });
}

function recordWhenOver(
  context: GatewayContext,
  inbound: InboundRequest,
  decision: Decision,
  response: ServerResponse,
): void {
  // What is no matter of CORS is counted, but not logged.
  if (decision.reason === "not-cross-origin" && context.journal === undefined && context.meter === undefined) return;
  const record = (): void => {
    const { statusCode: status, writableFinished } = response;
    recordDecision(context, inbound, decision, { response, status, aborted: !writableFinished, upgrade: false });
  };
  if (response.destroyed) record();
  else response.once("close", record);
}
