import type { IncomingMessage } from "node:http";
import type { Decision } from "@corsmith/cors";
import { decideArrival } from "./arrival.ts";
import type { Failure } from "./failure.ts";
import type { Hop } from "./forwarded.ts";
import { framingFailure } from "./framing.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { type RequestHead, readRequestHead } from "./request-head.ts";
import { pathOf, type RequestTarget, readRequestTarget } from "./request-target.ts";
import { type RouteMatch, routeFor } from "./route-table.ts";
import { peerAddress } from "./trusted-peers.ts";

/** A request whose head has been read and checked. */
export interface AcceptedRequest {
  readonly head: RequestHead;
  readonly hop: Hop;
  /** Without the query. */
  readonly path: string;
  readonly match: RouteMatch;
  /** Where it goes, or why it goes nowhere. */
  readonly target: RequestTarget | Failure;
  readonly decision: Decision | Promise<Decision>;
  /** When it arrived, by `performance.now()`. */
  readonly arrived: number;
}

/** Reads, checks and decides a request. A request that is refused for its form is decided too: its answer needs CORS headers like any other. */
export function acceptRequest(context: GatewayContext, request: IncomingMessage, upgrade: boolean): AcceptedRequest {
  const arrived = performance.now();
  const head = readRequestHead(request);
  const peer = peerAddress(request.socket.remoteAddress);
  const hop = { peer, trusted: context.trusted(peer) };
  const target = framingFailure(head, context.limits) ?? targetOf(head);
  const path = "path" in target ? target.path : pathOf(head.target);
  const match = routeFor(context.routes, path);
  return { head, hop, path, match, target, decision: decideArrival(head, hop, match, upgrade), arrived };
}

function targetOf(head: RequestHead): RequestTarget | Failure {
  const { host } = head.fields;
  return readRequestTarget(head.method, head.target, typeof host === "string" ? host : undefined);
}
