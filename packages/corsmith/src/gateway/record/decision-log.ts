import { type DecisionRecord, printable } from "@corsmith/cors/observe";
import type { Logger } from "pino";
import type { DecisionRecorder } from "../../journal/counting/recorder.ts";
import type { GatewayMeter } from "../../metrics/gateway-meter.ts";
import type { Failure } from "../answer/failure.ts";
import type { ExposureLog } from "../answer/upstream-expose.ts";
import { errorCode } from "../upstream/failure.ts";
import { LineLimiter, otherKinds } from "./line-limiter.ts";

/** Characters of an origin or a path that a line holds. The longest origin that a browser can send is shorter. */
const maxText = 256;
const maxNames = 32;
const sweepMs = 10_000;

/** What stands as refused of a request whose path can be read as that of two routes. */
export const ambiguousPath = "ambiguous-path";

/**
 * Writes what was decided: a line for each cross-origin request, `info` if it was allowed and `warn` if it was refused. Refusals are
 * limited for each origin, since any page in the world can cause them; what was left out is counted in a line of its own. No line holds a
 * cookie, an Authorization value, a query or a body.
 */
export class DecisionLog implements DecisionRecorder, ExposureLog {
  readonly #log: Logger;
  readonly #meter: GatewayMeter | undefined;
  readonly #refusals: LineLimiter = new LineLimiter({ burst: 20, intervalMs: 6_000, kinds: 1_000 });
  readonly #failures: LineLimiter = new LineLimiter({ burst: 10, intervalMs: 1_000, kinds: 100 });
  /** The routes of which it was written; there are no more than the configuration has. */
  readonly #exposing = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  /** @param meter counts the failures too, also those that are not written */
  constructor(log: Logger, meter?: GatewayMeter) {
    this.#log = log;
    this.#meter = meter;
    this.#timer = setInterval(() => this.#summarise(), sweepMs).unref();
  }

  /** Writes the line of a request, if it is cross-origin. */
  record(record: DecisionRecord): void {
    const { reason, refused } = record;
    if (reason === "not-cross-origin") return;
    if (reason === "no-policy") {
      if (record.origin === undefined || !this.#log.isLevelEnabled("debug")) return;
      this.#log.debug(
        fieldsOf(record),
        "There is no policy for this path: the response of the API went out unchanged.",
      );
      return;
    }
    if (reason === "allowed") {
      if (this.#log.isLevelEnabled("info")) this.#log.info(fieldsOf(record), "Cross-origin request allowed.");
      return;
    }
    if (!this.#refusals.take(originOf(record), performance.now())) return;
    const detail = refused.length === 0 ? "origin" : printable(refused.join(", "), maxText);
    this.#log.warn({ ...fieldsOf(record), detail }, refusalSentence(record));
  }

  /** Writes why the upstream gave no answer. The error's code is for the operator only. */
  upstreamFailed(failure: Failure, error: Error): void {
    this.#meter?.upstreamFailed(failure.code);
    if (!this.#failures.take(failure.code, performance.now())) return;
    this.#log.error({ code: failure.code, cause: errorCode(error), status: failure.status }, failure.message);
  }

  /**
   * Writes, once a route, that the upstream exposes headers which the answers do not.
   *
   * @param names those that the policy leaves out; of a policy that merges, what is not the name of a header
   */
  exposedNamesLost(route: string, names: readonly string[], merges: boolean): void {
    if (this.#exposing.has(route)) return;
    this.#exposing.add(route);
    const shown = names.slice(0, maxNames).map((name) => printable(name, maxText));
    const place = route === "/" ? "policy" : `policy of route ${route}`;
    const message = merges
      ? "The API's own Access-Control-Expose-Headers lists what is not the name of a header; it is left out, for browsers would ignore the whole list. Correct the list in the API."
      : `The API exposes response headers that the ${place} does not, so pages cannot read them. Add them to exposeHeaders there, or set upstreamExposeHeaders to merge.`;
    this.#log.warn({ event: "upstream-expose-headers", route, names: shown }, message);
  }

  /** Writes of a mistake of the gateway's own. */
  gatewayFailed(error: Error): void {
    this.#meter?.gatewayFailed();
    if (!this.#failures.take("gateway-failed", performance.now())) return;
    const message = "The gateway failed to handle a request. Please report this.";
    this.#log.error({ code: "gateway-failed", err: error }, message);
  }

  /** Writes what is still to be counted, and stops. */
  close(): void {
    clearInterval(this.#timer);
    this.#summarise();
  }

  #summarise(): void {
    const now = performance.now();
    for (const { kind, count } of this.#refusals.sweep(now)) {
      const origin = kind === otherKinds ? kind : printable(kind, maxText);
      const message = "More requests from this origin were refused than are logged here.";
      this.#log.warn({ origin, suppressed: count }, message);
    }
    for (const { kind, count } of this.#failures.sweep(now)) {
      this.#log.error({ code: kind, suppressed: count }, "This failed more often than is logged here.");
    }
  }
}

function fieldsOf(record: DecisionRecord): Record<string, unknown> {
  const { method, path = "", reason, preflight, finalStatus: status, durationMs = 0, route, kind, aborted } = record;
  return {
    method,
    path: printable(path, maxText),
    origin: originOf(record),
    reason,
    preflight,
    status,
    durationMs: Math.round(durationMs * 10) / 10,
    route,
    ...(kind === "websocket" ? { upgrade: true } : {}),
    ...(aborted === true ? { aborted } : {}),
  };
}

/** Printable. Several Origin lines are no origin. */
function originOf({ origin }: DecisionRecord): string {
  return origin === undefined ? "(several)" : printable(origin, maxText);
}

/** Says what a refusal means and where it is changed, to readers who have never seen a CORS log. */
function refusalSentence({ reason, origin, refused, route }: DecisionRecord): string {
  const place = route === "/" ? "policy" : `policy of route ${route}`;
  switch (reason) {
    case "headers-refused":
      return `The page may not send these request headers. To allow them, add them to allowHeaders in the ${place}.`;
    case "method-refused":
      return `The page may not use this method. To allow it, add it to allowMethods in the ${place}.`;
    case "origin-lookup-failed":
      return "Whether this origin is allowed could not be looked up, so it was refused. Check what the lookup depends on.";
    case "allowed":
    case "not-cross-origin":
    case "no-policy":
      return "";
  }
  if (refused[0] === ambiguousPath)
    return "This path could match two routes, so no page may read the response. Request it without encoded or special characters.";
  if (reason === "malformed") return `No browser would send this ${refused[0]} header; a program or a proxy did.`;
  return origin === "null"
    ? "A page without an origin (sandboxed frame, file: or data: page) may not read the response. Serve the page from an origin."
    : `Pages on this origin may not read the response. To allow them, add the origin to allowOrigins in the ${place}.`;
}
