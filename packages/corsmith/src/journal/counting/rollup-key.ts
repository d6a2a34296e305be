import type { Reason } from "@corsmith/cors";
import { otherRoutes } from "../journal-queries.ts";
import { countNames } from "./counts.ts";
import { type DecisionKind, decisionKinds, reasons } from "./decision-facts.ts";
import { minuteMs, type RollupRow } from "./delta.ts";

/** Routes that are counted by name. A gateway has few; but a middleware that tells of its decisions may name any. */
const mostRoutes = 256;
const longestRoute = 256;

const kindPlaces: ReadonlyMap<string, number> = new Map(decisionKinds.map((kind, place) => [kind, place]));
const reasonPlaces: ReadonlyMap<string, number> = new Map(reasons.map((reason, place) => [reason, place]));

/** What parts one row of an origin from another. */
export interface RowFacts {
  readonly time: number;
  readonly route: string;
  readonly method: string;
  readonly kind: DecisionKind;
  readonly reason: Reason;
}

/** Turns the parts of a row's key into one number, and remembers the routes. */
export class RollupKeys {
  readonly #routes = new Map<string, number>([[otherRoutes, 0]]);
  /** Minutes count from here, so that keys are small numbers, which a map finds sooner. */
  readonly #begin = Math.floor(Date.now() / minuteMs);

  /** The key of a row. @param detailed tell methods apart? */
  keyOf({ time, route, method, kind, reason }: RowFacts, detailed: boolean): number {
    const minute = Math.floor(time / minuteMs) - this.#begin;
    const parts = (minute * mostRoutes + this.#routePlace(route)) * knownMethods.length;
    const withMethod = parts + (detailed ? methodPlace(method) : otherMethod);
    return (
      (withMethod * decisionKinds.length + (kindPlaces.get(kind) ?? 0)) * reasons.length +
      (reasonPlaces.get(reason) ?? 0)
    );
  }

  /** An empty row. */
  rowOf({ time, route, method, kind, reason }: RowFacts, origin: string, detailed: boolean): RollupRow {
    return {
      start: Math.floor(time / minuteMs) * minuteMs,
      route: this.#routePlace(route) === 0 ? otherRoutes : route,
      origin,
      method: knownMethods[detailed ? methodPlace(method) : otherMethod] ?? "",
      kind,
      reason,
      counts: countNames.map(() => 0),
    };
  }

  #routePlace(route: string): number {
    const known = this.#routes.get(route);
    if (known !== undefined) return known;
    if (this.#routes.size >= mostRoutes || route.length > longestRoute) return 0;
    const place = this.#routes.size;
    this.#routes.set(route, place);
    return place;
  }
}

/** Methods that are counted by name: those of HTTP, of PATCH, of WebDAV's reading half, and QUERY. Anything else is one. */
const knownMethods: readonly string[] = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "QUERY",
  "PROPFIND",
  "REPORT",
  "(other)",
];

/** What stands for every other method, for pages can make any number of them up. */
const otherMethod: number = knownMethods.length - 1;

const places: ReadonlyMap<string, number> = new Map(knownMethods.map((name, place) => [name, place]));

/** The place of a method in {@link knownMethods}. Methods are told apart by case, as HTTP wants it. */
function methodPlace(method: string): number {
  return places.get(method) ?? otherMethod;
}
