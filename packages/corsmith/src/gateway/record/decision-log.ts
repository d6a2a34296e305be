import type { Decision } from "@corsmith/cors";
import { printable } from "@corsmith/cors/observe";
import type { RouteMatch } from "@corsmith/cors/routes";
import type { Logger } from "pino";
import type { GatewayMeter } from "../../metrics/gateway-meter.ts";
import type { Failure } from "../answer/failure.ts";
import { errorCode } from "../upstream/failure.ts";
import { LineLimiter, otherKinds } from "./line-limiter.ts";

/** A request whose answer is over. */
export interface DecidedRequest {
  readonly method: string;
  /** Without the query: what people put there is often a secret. */
  readonly path: string;
  readonly match: RouteMatch;
  readonly decision: Decision;
  readonly status: number;
  readonly durationMs: number;
  /** Did the answer break off, or did the client leave before it ended? */
  readonly aborted: boolean;
  /** Was it a WebSocket? */
  readonly upgrade: boolean;
}

/** Characters of an origin or a path that a line holds. The longest origin that a browser can send is shorter. */
const longestText = 256;
const sweepMs = 10_000;

/**
 * Writes what was decided: a line for each cross-origin request, `info` if it was allowed and `warn` if it was refused. Refusals are
 * limited for each origin, since any page in the world can cause them; what was left out is counted in a line of its own. No line holds a
 * cookie, an Authorization value, a query or a body.
 */
export class DecisionLog {
  readonly #log: Logger;
  readonly #meter: GatewayMeter | undefined;
  readonly #refusals: LineLimiter = new LineLimiter({ burst: 20, everyMs: 6_000, kinds: 1_000 });
  readonly #failures: LineLimiter = new LineLimiter({ burst: 10, everyMs: 1_000, kinds: 100 });
  readonly #timer: NodeJS.Timeout;

  /** @param meter counts the failures too, also those that are not written */
  constructor(log: Logger, meter?: GatewayMeter) {
    this.#log = log;
    this.#meter = meter;
    this.#timer = setInterval(() => this.#summarise(), sweepMs).unref();
  }

  /** Writes the line of a request, unless it is none of CORS's business. */
  record(request: DecidedRequest): void {
    const { reason } = request.decision;
    if (reason === "not-cross-origin") return;
    if (reason === "allowed") {
      if (this.#log.isLevelEnabled("info")) this.#log.info(fieldsOf(request), "Cross-origin request allowed.");
      return;
    }
    if (!this.#refusals.take(originOf(request.decision), performance.now())) return;
    const detail = refusalDetail(request.decision, request.match);
    this.#log.warn({ ...fieldsOf(request), detail }, refusalSentence(request.decision, request.match));
  }

  /** Writes why the upstream gave no answer. The error's code is for the operator only. */
  upstreamFailed(failure: Failure, error: Error): void {
    this.#meter?.upstreamFailed(failure.code);
    if (!this.#failures.take(failure.code, performance.now())) return;
    this.#log.error({ code: failure.code, cause: errorCode(error), status: failure.status }, failure.message);
  }

  /** Writes of a mistake of the gateway's own. */
  gatewayFailed(error: Error): void {
    this.#meter?.gatewayFailed();
    if (!this.#failures.take("gateway-failed", performance.now())) return;
    this.#log.error({ code: "gateway-failed", err: error }, "The gateway failed at a request. Please report this.");
  }

  /** Writes what is still to be counted, and stops. */
  close(): void {
    clearInterval(this.#timer);
    this.#summarise();
  }

  #summarise(): void {
    const now = performance.now();
    for (const { kind, count } of this.#refusals.sweep(now)) {
      const origin = kind === otherKinds ? kind : printable(kind, longestText);
      this.#log.warn({ origin, suppressed: count }, "More requests of this origin were refused than are written here.");
    }
    for (const { kind, count } of this.#failures.sweep(now)) {
      this.#log.error({ code: kind, suppressed: count }, "This failed more often than is written here.");
    }
  }
}

function fieldsOf(request: DecidedRequest): Record<string, unknown> {
  const { method, decision, status, durationMs, match, aborted, upgrade } = request;
  const fields: Record<string, unknown> = {
    method,
    path: printable(request.path, longestText),
    origin: originOf(decision),
    reason: decision.reason,
    preflight: decision.preflight,
    status,
    durationMs: Math.round(durationMs * 10) / 10,
    route: match.route,
  };
  if (upgrade) fields["upgrade"] = true;
  if (aborted) fields["aborted"] = true;
  return fields;
}

/** Printable. Several Origin lines are no origin. */
function originOf(decision: Decision): string {
  return decision.origin === undefined ? "(several)" : printable(decision.origin, longestText);
}

const longestDetail = 256;

/** What exactly was refused: header names, a method, or the header that was malformed. */
function refusalDetail(decision: Decision, match: RouteMatch): string {
  if (match.ambiguous === true) return "ambiguous-path";
  switch (decision.reason) {
    case "headers-refused":
      return printable(decision.names.join(", "), longestDetail);
    case "method-refused":
      return printable(decision.method, longestDetail);
    case "malformed":
      return decision.field;
    case "allowed":
    case "not-cross-origin":
    case "origin-lookup-failed":
    case "origin-refused":
      return "origin";
    default:
      return unreachable(decision);
  }
}

/** Says what a refusal means and where it is changed, to somebody who has never read a CORS log. */
function refusalSentence(decision: Decision, match: RouteMatch): string {
  if (match.ambiguous === true) {
    return "The path can be read as that of two routes, so no page may read the answer. Request it in its plain form.";
  }
  const place = match.route === "/" ? "policy" : `policy of route ${match.route}`;
  switch (decision.reason) {
    case "headers-refused":
      return `The page may not send these request headers. To allow them, add them to allowHeaders in the ${place}.`;
    case "method-refused":
      return `The page may not use this method. To allow it, add it to allowMethods in the ${place}.`;
    case "origin-refused":
      return decision.origin === "null"
        ? "A page without an origin (sandboxed frame, file: or data: page) may not read the answer. Serve the page from an origin."
        : `Pages of this origin may not read the answer. If they should, add it to allowOrigins in the ${place}.`;
    case "origin-lookup-failed":
      return "Whether this origin is allowed could not be looked up, so it was refused. Look at what the lookup depends on.";
    case "malformed":
      return `No browser sends such a header: ${decision.field}. A program or a proxy in between wrote it.`;
    case "allowed":
    case "not-cross-origin":
      return "";
    default:
      return unreachable(decision);
  }
}

function unreachable(decision: never): never {
  throw new TypeError(`Unknown decision: ${JSON.stringify(decision)}`);
}
