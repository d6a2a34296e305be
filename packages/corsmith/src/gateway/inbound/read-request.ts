import type { IncomingMessage } from "node:http";
import { type Decision, decide, decideWithLookup, type RequestFacts } from "@corsmith/cors";
import { type RouteMatch, routeFor } from "@corsmith/cors/routes";
import type { Failure } from "../answer/failure.ts";
import type { GatewayContext } from "../context.ts";
import { joinLines } from "../fields.ts";
import { type Hop, publicHost } from "../upstream/forwarded.ts";
import { framingFailure } from "./framing.ts";
import { peerAddress } from "./hop.ts";
import { type RequestHead, readRequestHead } from "./request-head.ts";
import { pathOf, type RequestTarget, readRequestTarget } from "./request-target.ts";

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

/**
 * Decides a request, once, when it arrives: everything that is answered afterwards is answered by this. Synchronous unless the policy
 * has to look the origin up; never rejects.
 */
function decideArrival(head: RequestHead, hop: Hop, match: RouteMatch, upgrade: boolean): Decision | Promise<Decision> {
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
