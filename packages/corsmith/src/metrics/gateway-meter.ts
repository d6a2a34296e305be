import { STATUS_CODES } from "node:http";
import { type DecisionRecord, isRefusal } from "@corsmith/cors/observe";
import type { Attributes } from "@opentelemetry/api";
import type { DecisionRecorder } from "../journal/counting/recorder.ts";
import { instruments } from "./instruments.ts";
import { type Cell, Instrument, type Measurements } from "./measurements.ts";

type Judged = Pick<DecisionRecord, "kind" | "reason"> & { readonly route: string };

/** What happens on any route sooner or later. The rest is too rare to be shown as 0 on each. */
const usualDecisions: readonly Omit<Judged, "route">[] = [
  { kind: "actual", reason: "allowed" },
  { kind: "actual", reason: "origin-refused" },
  { kind: "preflight", reason: "allowed" },
  { kind: "preflight", reason: "origin-refused" },
  { kind: "preflight", reason: "method-refused" },
  { kind: "preflight", reason: "headers-refused" },
];

/** Routes whose decisions are shown as 0: with more, the zeros would take the places of what happens, since an instrument's are counted. */
const maxExpectedRoutes = 100;

/** The methods that the conventions know; every other one is `_OTHER`, for a client can invent one. */
const knownMethods = new Set("CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE".split(" "));

/** Sets of places that are remembered; beyond them they are looked for each time. */
const maxKeys = 5_000;

/** Measures what one gateway process does. Cheap: one look-up and two additions a request, whatever it asks for. */
export class GatewayMeter implements DecisionRecorder {
  readonly #cells = new Map<string, Readonly<Record<"duration" | "decisions", Cell>>>();
  readonly #duration = new Instrument(instruments.requestDuration);
  readonly #decisions = new Instrument(instruments.decisions);
  readonly #headerless = new Instrument(instruments.headerlessErrors);
  readonly #upstream = new Instrument(instruments.upstreamErrors);
  readonly #own = new Instrument(instruments.gatewayErrors);

  constructor() {
    this.#own.add(0);
  }

  /**
   * Announces which routes and which failures there can be. They are shown as 0 from now on: a counter that is first seen as 1 has not
   * grown, and no alert would fire.
   *
   * @param failures the codes of {@link GatewayMeter.upstreamFailed}
   */
  expect(routes: readonly string[], failures: readonly string[]): void {
    for (const route of routes) this.#headerless.add(0, { "corsmith.route": route });
    for (const route of routes.slice(0, maxExpectedRoutes))
      for (const usual of usualDecisions) this.#decisions.add(0, decisionAttributes({ route, ...usual }));
    for (const code of failures) this.#upstream.add(0, { "error.type": code });
  }

  record({ route = "/", kind, reason, method, finalStatus, durationMs = 0, headerless }: DecisionRecord): void {
    const knownMethod = knownMethods.has(method) ? method : "_OTHER";
    const status = finalStatus === undefined ? undefined : knownStatus(finalStatus);
    const key = `${knownMethod} ${status} ${kind} ${reason} ${route}`;
    let cells = this.#cells.get(key);
    if (cells === undefined) {
      cells = this.#cellsOf({ route, kind, reason }, knownMethod, status);
      // As many as there can be series: all words in the key come from fixed lists, but for the routes of the configuration.
      if (this.#cells.size < maxKeys) this.#cells.set(key, cells);
    }
    this.#duration.recordAt(cells.duration, durationMs / 1_000);
    cells.decisions.value += 1;
    if (headerless === true) this.#headerless.add(1, { "corsmith.route": route });
  }

  /** @param status absent if the client left before it got one */
  #cellsOf({ route, kind, reason }: Judged, method: string, status: number | undefined) {
    return {
      duration: this.#duration.at({
        "http.request.method": method,
        "url.scheme": "http",
        ...(status === undefined ? {} : { "http.response.status_code": status }),
        "http.route": route,
        ...(status !== undefined && status >= 500 ? { "error.type": String(status) } : {}),
      }),
      decisions: this.#decisions.at(decisionAttributes({ route, kind, reason })),
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
    const all = [this.#duration, this.#decisions, this.#headerless, this.#upstream, this.#own];
    return all.map((each) => each.measured());
  }
}

/** The status itself, or the first of its hundred: anything else an upstream can make up. */
function knownStatus(status: number): number {
  return STATUS_CODES[status] === undefined ? Math.trunc(status / 100) * 100 : status;
}

/** Without a policy nothing is allowed and nothing refused. */
function verdictOf(reason: Judged["reason"]): string {
  if (reason === "no-policy") return "none";
  return isRefusal(reason) ? "refused" : "allowed";
}

function decisionAttributes({ route, kind, reason }: Judged): Attributes {
  return {
    "corsmith.route": route,
    "corsmith.kind": kind,
    "corsmith.decision": verdictOf(reason),
    "corsmith.reason": reason,
    "corsmith.mode": "enforce",
  };
}
