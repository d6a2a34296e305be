import type { Reason } from "@corsmith/cors";
import type { DecisionKind } from "@corsmith/cors/observe";
import type { Counts } from "./counting/counts.ts";
import type { EngineFamily } from "./counting/engine-family.ts";
import type { Sample } from "./counting/sample.ts";

/**
 * A stretch of time in milliseconds since 1970: `from` belongs to it, `to` does not. Both are widened to whole minutes; where only hours
 * are kept any more, an hour counts where it begins.
 */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What stands for the origins that are not known by name. No origin reads like this. */
export const otherOrigins = "(others)";
/** What stands for requests without an Origin, or with several. */
export const noOrigin = "";
/** What stands for the routes beyond the bound. */
export const otherRoutes = "(others)";

/** Counts, and how they part by reason. Reasons that did not occur are absent. */
export interface Breakdown {
  readonly counts: Counts;
  readonly byReason: Readonly<Partial<Record<Reason, number>>>;
}

/** All that happened in a stretch of time. */
export interface Overview extends Breakdown {
  readonly range: TimeRange;
  /** Cross-origin decisions: allowed and refused. */
  readonly allowed: number;
  readonly refused: number;
  readonly byKind: Readonly<Partial<Record<DecisionKind, number>>>;
  /** Distinct origins, estimated; within 5 % nineteen times in twenty. It counts those too that have no name here. */
  readonly distinctOrigins: number;
  /** Origins known by name that were seen for the first time. */
  readonly newOrigins: number;
  /** Decisions of origins that have no name here. */
  readonly unnamed: number;
}

/** By what a series is parted. `verdict`: `allowed`, `refused`, `not-cross-origin`. */
export type SeriesKey = "verdict" | "reason" | "route" | "kind" | "method" | "origin";

/** Which part of the roll-ups is looked at. */
export interface SeriesFilter {
  readonly origin?: string;
  readonly route?: string;
}

/** What is counted in a series. Default `decisions`. */
export interface SeriesOptions extends SeriesFilter {
  readonly measure?: keyof Counts;
}

/** Numbers over time. */
export interface Series {
  readonly range: TimeRange;
  /** Milliseconds from one point to the next. */
  readonly step: number;
  /** The beginning of each point. */
  readonly times: readonly number[];
  /** At most 12 lines, the largest first; what is beyond is one line `(others)`. Each has a value for each time. */
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export type OriginSort = "last-seen" | "first-seen" | "decisions" | "refused" | "origin";

/** Which origins are listed. */
export interface OriginsQuery {
  /** A part of the origin, upper or lower case. */
  readonly search?: string;
  /** Default `last-seen`. Times and numbers: the highest first; names from A on. */
  readonly sort?: OriginSort;
  /** The other way about. */
  readonly reverse?: boolean;
  /** `allowed`: was allowed at least once; `refused`: was refused at least once. */
  readonly verdict?: "allowed" | "refused";
  /** Only those that sent credentials. */
  readonly credentials?: boolean;
  /** Only those that called this route. */
  readonly route?: string;
  /** Only those first seen at this time or later. */
  readonly firstSeenFrom?: number;
  /** 1 to 500. Default 50. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly cursor?: string;
}

/** An origin of the inventory: its whole life as far as it is kept. */
export interface OriginSummary extends Breakdown {
  readonly origin: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly allowed: number;
  readonly refused: number;
  /** At most 50, the busiest first. */
  readonly routes: readonly string[];
  /** The busiest first. */
  readonly engines: readonly EngineFamily[];
}

/** A page of the inventory. */
export interface OriginsPage {
  readonly origins: readonly OriginSummary[];
  /** How many there are that fit, on all pages. */
  readonly total: number;
  /** For the page behind this one; absent on the last. */
  readonly next?: string;
}

/** A name with a number of decisions. */
export interface Tally {
  readonly name: string;
  readonly decisions: number;
  readonly refused: number;
  readonly lastSeen: number;
}

/** One origin, closely. The tallies are of its whole life, the series and the counts in `inRange` of the range. */
export interface OriginDetail {
  readonly summary: OriginSummary;
  readonly inRange: Breakdown;
  readonly routes: readonly Tally[];
  readonly methods: readonly Tally[];
  readonly engines: readonly Tally[];
  readonly series: Series;
  /** The last 20, blocked ones first. */
  readonly samples: readonly Sample[];
}

/** A route in a stretch of time. */
export interface RouteSummary extends Breakdown {
  readonly route: string;
  readonly allowed: number;
  readonly refused: number;
  /** Origins known by name that called it. */
  readonly origins: number;
}

/** Which samples are listed. The newest come first. */
export interface SamplesQuery {
  /** `true`: only what was refused; `false`: only what was not. */
  readonly blocked?: boolean;
  readonly origin?: string;
  readonly route?: string;
  readonly reason?: Reason;
  /** Only those with an error answer: 400 and above, from the application or in its place. */
  readonly errors?: boolean;
  /** 1 to 500. Default 50. */
  readonly limit?: number;
  /** Only those older than the sample with this id. */
  readonly before?: string;
}

/** A page of samples. */
export interface SamplesPage {
  readonly samples: readonly Sample[];
  /** The `before` for the page behind this one; absent on the last. */
  readonly next?: string;
}

/** What can be asked of a journal. Everything is read from the database: with several gateways on one, each answers for all. */
export interface JournalQueries {
  overview(range: TimeRange): Promise<Overview>;
  /** @param step milliseconds; rounded up to a whole number of minutes, and so far that there are at most 1,500 points */
  series(range: TimeRange, step: number, by: SeriesKey, options?: SeriesOptions): Promise<Series>;
  origins(query: OriginsQuery): Promise<OriginsPage>;
  /** `undefined` for an origin that the inventory does not name. */
  origin(origin: string, range: TimeRange): Promise<OriginDetail | undefined>;
  routes(range: TimeRange): Promise<readonly RouteSummary[]>;
  samples(query: SamplesQuery): Promise<SamplesPage>;
  sample(id: string): Promise<Sample | undefined>;
}
