import { type IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Decision, respond } from "@corsmith/cors";
import { isRefusal } from "@corsmith/cors/observe";
import { answerFailure, type Failure, guardRequest } from "./answer/failure.ts";
import { listHas } from "./fields.ts";
import { bodyFraming } from "./inbound/framing.ts";
import { type InboundRequest, readRequest } from "./inbound/read-request.ts";
import type { GatewayContext } from "./proxy-request.ts";
import { recordDecision } from "./record/record-decision.ts";
import { withholdsCredentials } from "./upstream/headers.ts";
import { openTunnel, type TunnelTerms } from "./upstream/tunnel.ts";

/** Does the request ask for a WebSocket? All other upgrades are ignored: they serve to get past a proxy. */
export function asksForWebSocket(request: IncomingMessage): boolean {
  return request.method === "GET" && request.httpVersion === "1.1" && listHas(request.headers.upgrade, "websocket");
}

/**
 * Serves a request for a WebSocket. Browsers do not apply CORS to WebSockets, and send cookies with the request: so one from an origin that
 * the policy does not allow is refused here, always, before it reaches the upstream, and one that it allows without credentials goes on
 * without them. Without an Origin it is not from a page, and passes. Where there is no policy, the upstream has to look at Origin itself.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-10.2
 */
export function upgradeRequest(context: GatewayContext, request: IncomingMessage, early: Buffer): void {
  const client = request.socket;
  if (!context.connections.takeOver(client)) {
    client.destroy();
    return;
  }
  client.once("close", () => context.connections.end(client));
  const response = responseOn(request, client);
  const inbound = readRequest(context, request, true);
  void Promise.resolve(inbound.decision).then((decision) =>
    guardRequest(context.decisions, response, () =>
      serve(context, inbound, decision, { request, response, client, early }),
    ),
  );
}

interface UpgradeTurn extends Pick<TunnelTerms, "response" | "client" | "early"> {
  readonly request: IncomingMessage;
}

function serve(context: GatewayContext, inbound: InboundRequest, decision: Decision, turn: UpgradeTurn): void {
  const { request, response, client, early } = turn;
  if (client.destroyed) return;
  const answer = respond(decision);
  const record = (status: number): void =>
    recordDecision(context, inbound, decision, { response, status, aborted: false, upgrade: true });
  const failure = upgradeFailure(context, inbound, decision, request);
  if (failure !== undefined) {
    answerFailure(response, failure, answer, true);
    record(failure.status);
  } else if (!("status" in inbound.target)) {
    const withoutCredentials = withholdsCredentials(decision, inbound.head, inbound.hop);
    openTunnel(context, inbound, inbound.target, { answer, withoutCredentials, response, client, early, record });
  }
}

/** Node gives a bare socket for an upgrade; an answer that does not switch is written as any other. */
function responseOn(request: IncomingMessage, client: Socket): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(client);
  response.once("finish", () => {
    response.detachSocket(client);
    client.destroySoon();
  });
  return response;
}

function upgradeFailure(
  context: GatewayContext,
  { head, target }: InboundRequest,
  decision: Decision,
  request: IncomingMessage,
): Failure | undefined {
  if ("status" in target) return target;
  if (!asksForWebSocket(request)) return onlyWebSocket;
  if (bodyFraming(head) !== "none") return bodyNotAllowed;
  if (isRefusal(decision.reason)) return originRefused;
  return context.draining ? goingAway : undefined;
}

const onlyWebSocket: Failure = {
  status: 501,
  code: "upgrade-not-supported",
  message: "Only WebSocket upgrades are supported. Send the request again without Upgrade.",
};
const bodyNotAllowed: Failure = {
  status: 400,
  code: "framing-invalid",
  message: "A request for a WebSocket has no body.",
};
const originRefused: Failure = {
  status: 403,
  code: "origin-refused",
  message: "The policy of this API does not let pages on this origin open a WebSocket.",
};
const goingAway: Failure = { status: 503, code: "draining", message: "This gateway is shutting down. Connect again." };
