import type { IncomingMessage } from "node:http";
import { type Decision, decideWithLookup, type RequestFacts } from "@corsmith/cors";
import { type RouteMatch, type RouteTable, routeFor } from "@corsmith/cors/routes";
import type { Failure } from "../answer/failure.ts";
import { joinLines, soleLine } from "../fields.ts";
import { framingFailure } from "./framing.ts";
import { type Hop, peerAddress, publicHost, type TrustedPeers } from "./hop.ts";
import type { GatewayLimits } from "./limits.ts";
import { type RequestHead, readRequestHead } from "./request-head.ts";
import { pathOf, type RequestTarget, readRequestTarget } from "./request-target.ts";

/** By what requests are read. */
export interface ReadingTerms {
  readonly limits: GatewayLimits;
  readonly trusted: TrustedPeers;
  readonly routes: RouteTable;
}

/** A request whose head has been read, checked and decided. */
export interface InboundRequest {
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
export function readRequest(terms: ReadingTerms, request: IncomingMessage, upgrade: boolean): InboundRequest {
  const arrived = performance.now();
  const head = readRequestHead(request);
  const peer = peerAddress(request.socket.remoteAddress);
  const hop = { peer, trusted: terms.trusted(peer) };
  const { method, fields } = head;
  const target = framingFailure(head, terms.limits) ?? readRequestTarget(method, head.target, soleLine(fields.host));
  const path = "path" in target ? target.path : pathOf(head.target);
  const match = routeFor(terms.routes, path);
  return { head, hop, path, match, target, decision: decideRequest(head, hop, match, upgrade), arrived };
}

/**
 * Decides a request, once, when it arrives: everything that is answered afterwards is answered by this. Synchronous unless the policy
 * has to look the origin up; never rejects.
 */
function decideRequest(head: RequestHead, hop: Hop, match: RouteMatch, upgrade: boolean): Decision | Promise<Decision> {
  const { method, fields } = head;
  const facts: RequestFacts = {
    method,
    origin: fields.origin,
    requestMethod: joinLines(fields.requestMethod),
    requestHeaders: fields.requestHeaders,
    host: publicHost(head, hop),
    fetchSite: joinLines(fields.fetchSite),
    upgrade,
  };
  return decideWithLookup(match.policy, facts);
}
