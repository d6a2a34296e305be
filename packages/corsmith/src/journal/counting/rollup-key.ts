import { decisionKinds, reasons } from "../schema/words.ts";
import { newCounts } from "./counts.ts";
import { minuteMs, otherRoutes, type RollupRow } from "./delta.ts";

/** Routes that are counted by name. A gateway has few; but a middleware that sends its decisions may name any. */
const maxRoutes = 256;
const maxRoute = 256;

const kindPlaces: ReadonlyMap<string, number> = new Map(decisionKinds.map((kind, place) => [kind, place]));
const reasonPlaces: ReadonlyMap<string, number> = new Map(reasons.map((reason, place) => [reason, place]));

/** What distinguishes one row of an origin from another. `start` may be any time of its minute. */
export type RowFacts = Pick<RollupRow, "start" | "route" | "method" | "kind" | "reason">;

/** Turns the parts of a row's key into one number, and remembers the routes. */
export class RollupKeys {
  readonly #routes = new Map<string, number>([[otherRoutes, 0]]);
  /** Minutes count from here, so that keys are small numbers, which a map finds sooner. */
  readonly #begin = Math.floor(Date.now() / minuteMs);

  /** The key of a row. @param detailed are methods distinguished? */
  keyOf({ start, route, method, kind, reason }: RowFacts, detailed: boolean): number {
    const minute = Math.floor(start / minuteMs) - this.#begin;
    const parts = (minute * maxRoutes + this.#routePlace(route)) * knownMethods.length;
    const withMethod = parts + (detailed ? methodPlace(method) : otherMethod);
    return (
      (withMethod * decisionKinds.length + (kindPlaces.get(kind) ?? 0)) * reasons.length +
      (reasonPlaces.get(reason) ?? 0)
    );
  }

  rowOf({ start, route, method, kind, reason }: RowFacts, origin: string, detailed: boolean): RollupRow {
    return {
      start: Math.floor(start / minuteMs) * minuteMs,
      route: this.#routePlace(route) === 0 ? otherRoutes : route,
      origin,
      method: knownMethods[detailed ? methodPlace(method) : otherMethod] ?? "",
      kind,
      reason,
      counts: newCounts(),
    };
  }

  #routePlace(route: string): number {
    const known = this.#routes.get(route);
    if (known !== undefined) return known;
    if (this.#routes.size >= maxRoutes || route.length > maxRoute) return 0;
    const place = this.#routes.size;
    this.#routes.set(route, place);
    return place;
  }
}

/** Methods that are counted by name: those of HTTP, of PATCH, of WebDAV's reading half, and QUERY. Anything else is one. */
const knownMethods = "GET HEAD POST PUT PATCH DELETE OPTIONS QUERY PROPFIND REPORT (other)".split(" ");

/** What stands for every other method, for pages can make any number of them up. */
const otherMethod = knownMethods.length - 1;

const places: ReadonlyMap<string, number> = new Map(knownMethods.map((name, place) => [name, place]));

/** The place of a method in {@link knownMethods}. Case matters, as HTTP wants it. */
function methodPlace(method: string): number {
  return places.get(method) ?? otherMethod;
}
