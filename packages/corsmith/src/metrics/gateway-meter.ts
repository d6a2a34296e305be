import { STATUS_CODES } from "node:http";
import type { Reason } from "@corsmith/cors";
import { instruments } from "./instruments.ts";
import type { Measurements } from "./measurements.ts";
import { type Cell, Instrument } from "./meter.ts";

/** What the meter is told of a request, when its answer is over. */
export interface ServedRequest {
  /** The route by its path in the configuration. */
  readonly route: string;
  readonly kind: "preflight" | "actual" | "websocket";
  readonly reason: Reason;
  /** As it came. */
  readonly method: string;
  readonly status: number;
  readonly durationMs: number;
  /** Was it an error to an allowed origin, without CORS headers? */
  readonly headerless: boolean;
}

/** The methods that the conventions know; every other one is `_OTHER`, for anybody can invent one. */
const knownMethods: ReadonlySet<string> = new Set([
  "CONNECT",
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
  "QUERY",
  "TRACE",
]);

/** The two places at which a request is measured. */
interface Cells {
  readonly duration: Cell;
  readonly decisions: Cell;
}

/** Sets of places that are remembered; beyond them they are looked for each time. */
const mostKeys = 5_000;

/** Measures what one gateway process does. Cheap: one look-up and two additions a request, whatever it asks for. */
export class GatewayMeter {
  readonly #cells = new Map<string, Cells>();
  readonly #duration = new Instrument(instruments.requestDuration);
  readonly #decisions = new Instrument(instruments.decisions);
  readonly #headerless = new Instrument(instruments.headerlessErrors);
  readonly #upstream = new Instrument(instruments.upstreamErrors);
  readonly #own = new Instrument(instruments.gatewayErrors);

  constructor() {
    // Shown as 0 from the start: an alert on what is not there would never fire.
    this.#headerless.add(0, { "corsmith.route": "/" });
    this.#own.add(0);
  }

  requestOver({ route, kind, reason, method, status, durationMs, headerless }: ServedRequest): void {
    const knownMethod = knownMethods.has(method) ? method : "_OTHER";
    const knownStatus = STATUS_CODES[status] === undefined ? Math.trunc(status / 100) * 100 : status;
    const key = `${knownMethod} ${knownStatus} ${kind} ${reason} ${route}`;
    let cells = this.#cells.get(key);
    if (cells === undefined) {
      cells = this.#cellsOf({ route, kind, reason }, knownMethod, knownStatus);
      // As many as there can be series: all words in the key come from fixed lists, but for the routes of the configuration.
      if (this.#cells.size < mostKeys) this.#cells.set(key, cells);
    }
    this.#duration.recordAt(cells.duration, durationMs / 1_000);
    cells.decisions.value += 1;
    if (headerless) this.#headerless.add(1, { "corsmith.route": route });
  }

  #cellsOf(
    { route, kind, reason }: Pick<ServedRequest, "route" | "kind" | "reason">,
    method: string,
    status: number,
  ): Cells {
    const allowed = reason === "allowed" || reason === "not-cross-origin";
    return {
      duration: this.#duration.at({
        "http.request.method": method,
        "url.scheme": "http",
        "http.response.status_code": status,
        "http.route": route,
        ...(status >= 500 ? { "error.type": String(status) } : {}),
      }),
      decisions: this.#decisions.at({
        "corsmith.route": route,
        "corsmith.kind": kind,
        "corsmith.decision": allowed ? "allowed" : "refused",
        "corsmith.reason": reason,
        "corsmith.mode": "enforce",
      }),
    };
  }

  /** @param code one of the gateway's own codes for this */
  upstreamFailed(code: string): void {
    this.#upstream.add(1, { "error.type": code });
  }

  gatewayFailed(): void {
    this.#own.add(1);
  }

  measured(): Measurements {
    return [this.#duration, this.#decisions, this.#headerless, this.#upstream, this.#own].map((each) =>
      each.measured(),
    );
  }
}
