import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, type Decision, respond } from "@corsmith/cors";
import { type AcceptedRequest, acceptRequest } from "./accept-request.ts";
import { pushAnswer } from "./client-headers.ts";
import type { Failure } from "./failure.ts";
import { answerFailure } from "./failure-answer.ts";
import { bodyFraming } from "./framing.ts";
import type { GatewayContext } from "./gateway-context.ts";
import type { RequestTarget } from "./request-target.ts";
import { ResponseRelay } from "./response-relay.ts";
import type { UpstreamExchange } from "./upstream-exchange.ts";
import { upstreamHeaders } from "./upstream-headers.ts";

/**
 * Serves a request: decides it, and then answers it at once (a preflight, a request that is refused) or passes it to the upstream.
 *
 * @param expectsContinue the client waits for a 100 before it sends its body
 */
export function proxyRequest(
  context: GatewayContext,
  request: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): void {
  const { socket } = request;
  if (!context.connections.begin(socket)) return;
  response.once("close", () => context.connections.end(socket));
  const accepted = acceptRequest(context, request, false);
  if ("status" in accepted.target) context.connections.refuse(socket);
  if (accepted.decision instanceof Promise) {
    void accepted.decision.then((decision) => serve(context, accepted, decision, request, response, expectsContinue));
  } else serve(context, accepted, accepted.decision, request, response, expectsContinue);
}

function serve(
  context: GatewayContext,
  accepted: AcceptedRequest,
  decision: Decision,
  request: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): void {
  const { target } = accepted;
  logWhenOver(context, accepted, decision, response);
  // The client may have left while the origin was looked up.
  if (response.destroyed) return;
  const answer = respond(decision);
  if ("status" in target) answerFailure(response, target, answer, true);
  else if (answer.status !== undefined) answerDecision(context, decision, answer, response);
  else forward(context, accepted, target, answer, request, response, expectsContinue);
}

const protectedFailure: Failure = {
  status: 403,
  code: "cross-origin-refused",
  message: "The policy of this API does not let pages of this origin send such a request.",
};

/** A preflight's answer has no body. A request that `crossOriginProtection` stops is told why. */
function answerDecision(context: GatewayContext, decision: Decision, answer: Answer, response: ServerResponse): void {
  if (!decision.preflight) {
    answerFailure(response, protectedFailure, answer, context.draining);
    return;
  }
  const status = answer.status ?? 204;
  const headers: string[] = [];
  pushAnswer(headers, answer, undefined);
  if (context.draining) headers.push("Connection", "close");
  if (status !== 204) headers.push("Content-Length", "0");
  response.writeHead(status, headers);
  response.end();
}

function forward(
  context: GatewayContext,
  { head, hop }: AcceptedRequest,
  target: RequestTarget,
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): void {
  const framing = bodyFraming(head);
  const { upstream, changeHost } = context;
  const headers = upstreamHeaders(head, { hop, framing, upstreamHost: upstream.host, changeHost });
  let exchange: UpstreamExchange | undefined;
  const relay = new ResponseRelay(response, {
    answer,
    closing: () => context.draining,
    onDrain: () => exchange?.resume(),
    abort: () => exchange?.abort(),
    onFailure: (failure, error) => context.decisions.upstreamFailed(failure, error),
  });
  context.connections.relayed(request.socket, relay);
  const onContinue = expectsContinue ? () => response.writeContinue() : undefined;
  const body = framing === "none" ? undefined : { stream: request, onContinue };
  exchange = upstream.exchange({ method: head.method, target: target.forward, headers }, body, relay);
  response.once("close", () => {
    if (response.writableFinished) return;
    relay.stop();
    exchange.abort();
  });
}

function logWhenOver(
  context: GatewayContext,
  { head, path, match, arrived }: AcceptedRequest,
  decision: Decision,
  response: ServerResponse,
): void {
  if (decision.reason === "not-cross-origin") return;
  const record = () =>
    context.decisions.record({
      method: head.method,
      path,
      match,
      decision,
      status: response.statusCode,
      durationMs: performance.now() - arrived,
      aborted: !response.writableFinished,
      upgrade: false,
    });
  if (response.destroyed) record();
  else response.once("close", record);
}
