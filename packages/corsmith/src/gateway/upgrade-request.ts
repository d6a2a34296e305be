import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type Answer, type Decision, respond } from "@corsmith/cors";
import { type AcceptedRequest, acceptRequest } from "./accept-request.ts";
import { interimHeaders } from "./client-headers.ts";
import type { Failure } from "./failure.ts";
import { answerFailure } from "./failure-answer.ts";
import { listHas } from "./field-lines.ts";
import { bodyFraming } from "./framing.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { relayIncoming, UpstreamTimeoutError } from "./node-exchange.ts";
import type { RequestTarget } from "./request-target.ts";
import { ResponseRelay } from "./response-relay.ts";
import { joinTunnel } from "./tunnel.ts";
import { upstreamHeaders } from "./upstream-headers.ts";

/** Does the request ask for a WebSocket? All other upgrades are ignored: they serve to get past a proxy. */
export function asksForWebSocket(request: IncomingMessage): boolean {
  return request.method === "GET" && request.httpVersion === "1.1" && listHas(request.headers.upgrade, "websocket");
}

/**
 * Serves a request for a WebSocket. Browsers do not apply CORS to WebSockets, and send cookies with the request: so one from an origin that
 * the policy does not allow is refused here, always, before the upstream hears of it. Without an Origin it is no page, and passes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-10.2
 */
export function upgradeRequest(context: GatewayContext, request: IncomingMessage, socket: Duplex, early: Buffer): void {
  const client = request.socket;
  const response = responseOn(request, client);
  context.connections.begin(client);
  client.once("close", () => context.connections.end(client));
  const accepted = acceptRequest(context, request, true);
  void Promise.resolve(accepted.decision).then((decision) => {
    const answer = respond(decision);
    const failure = upgradeFailure(context, accepted, decision, request);
    if (socket.destroyed) return;
    if (failure !== undefined) {
      record(context, accepted, decision, failure.status);
      answerFailure(response, failure, answer, true);
    } else if (!("status" in accepted.target)) {
      openTunnel(context, accepted, accepted.target, { decision, answer, response, client, early });
    }
  });
}

/** Node gives a bare socket for an upgrade; an answer that is none is written as any other. */
function responseOn(request: IncomingMessage, client: Socket): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(client);
  response.once("finish", () => {
    response.detachSocket(client);
    client.destroySoon();
  });
  client.on("error", () => client.destroy());
  return response;
}

function upgradeFailure(
  context: GatewayContext,
  { head, target }: AcceptedRequest,
  decision: Decision,
  request: IncomingMessage,
): Failure | undefined {
  if ("status" in target) return target;
  if (!asksForWebSocket(request)) return onlyWebSocket;
  if (bodyFraming(head) !== "none") return bodyNotAllowed;
  if (decision.reason !== "allowed" && decision.reason !== "not-cross-origin") return originRefused;
  return context.draining ? goingAway : undefined;
}

interface TunnelRequest {
  readonly decision: Decision;
  readonly answer: Answer;
  readonly response: ServerResponse;
  readonly client: Socket;
  /** What the client sent right behind its request. */
  readonly early: Buffer;
}

function openTunnel(
  context: GatewayContext,
  accepted: AcceptedRequest,
  target: RequestTarget,
  { decision, answer, response, client, early }: TunnelRequest,
): void {
  const { upstream, changeHost } = context;
  const { head, hop } = accepted;
  const headers = upstreamHeaders(head, { hop, framing: "none", upstreamHost: upstream.host, changeHost });
  headers.push("Connection", "Upgrade", "Upgrade", "websocket");
  const request = upstream.openTunnel({ method: head.method, target: target.forward, headers });
  const relay = new ResponseRelay(response, {
    answer,
    closing: () => true,
    onDrain: () => incoming?.resume(),
    onFailure: (failure, error) => {
      context.decisions.upstreamFailed(failure, error);
      request.destroy();
    },
  });
  let incoming: IncomingMessage | undefined;
  const timer = setTimeout(() => request.destroy(new UpstreamTimeoutError()), upstream.timeoutMs);
  const onClose = (): void => {
    clearTimeout(timer);
    relay.stop();
    request.destroy();
  };
  client.once("close", onClose);
  request.on("error", (error) => {
    clearTimeout(timer);
    relay.fail(error);
    record(context, accepted, decision, response.statusCode);
  });
  request.on("response", (answered) => {
    clearTimeout(timer);
    incoming = answered;
    relayIncoming(answered, relay);
    record(context, accepted, decision, response.statusCode);
  });
  request.on("upgrade", (answered, server, serverEarly) => {
    clearTimeout(timer);
    client.off("close", onClose);
    relay.stop();
    response.detachSocket(client);
    record(context, accepted, decision, 101);
    client.write(switchingProtocols(answered), "latin1");
    if (early.length > 0) server.write(early);
    if (serverEarly.length > 0) client.write(serverEarly);
    joinTunnel(client, server);
  });
  request.end();
}

/** Only what concerns the WebSocket goes on; the upstream's CORS headers mean nothing here. */
function switchingProtocols(answered: IncomingMessage): string {
  const headers = interimHeaders(answered.rawHeaders);
  let text = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
  for (let index = 0; index < headers.length; index += 2) text += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return `${text}\r\n`;
}

function record(context: GatewayContext, accepted: AcceptedRequest, decision: Decision, status: number): void {
  const { head, path, match, arrived } = accepted;
  const durationMs = performance.now() - arrived;
  context.decisions.record({
    method: head.method,
    path,
    match,
    decision,
    status,
    durationMs,
    aborted: false,
    upgrade: true,
  });
}

const onlyWebSocket: Failure = {
  status: 501,
  code: "upgrade-not-supported",
  message: "Of all upgrades only a WebSocket is served here. Send the request again without Upgrade.",
};
const bodyNotAllowed: Failure = {
  status: 400,
  code: "framing-invalid",
  message: "A request for a WebSocket has no body.",
};
const originRefused: Failure = {
  status: 403,
  code: "origin-refused",
  message: "The policy of this API does not let pages of this origin open a WebSocket.",
};
const goingAway: Failure = {
  status: 503,
  code: "draining",
  message: "This gateway is about to stop. Connect again.",
};
