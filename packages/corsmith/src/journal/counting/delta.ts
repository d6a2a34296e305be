import type { Reason } from "@corsmith/cors";
import { type DecisionKind, isRefusal } from "@corsmith/cors/observe";
import type { Counts } from "../schema/common.ts";
import type { Sample } from "../schema/decisions.ts";
import { addNumbers, type CountsSum, newCounts } from "./counts.ts";
import type { EngineCounts } from "./engine-family.ts";

/** What stands for the origins that are not known by name. No origin reads like this. */
export const otherOrigins = "(others)";
/** What stands for requests without an Origin, or with several. */
export const noOrigin = "";
/** What stands for the routes beyond the bound. */
export const otherRoutes = "(others)";

/** Decisions of one minute that are alike, counted. */
export interface RollupRow {
  /** The beginning of the minute, in milliseconds since 1970. */
  readonly start: number;
  readonly route: string;
  readonly origin: string;
  readonly method: string;
  readonly kind: DecisionKind;
  readonly reason: Reason;
  readonly counts: CountsSum;
}

/** What is new about an origin of the inventory, beside its roll-ups. */
export interface OriginNews {
  readonly origin: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Decisions by engine, and those of them that were refused. */
  readonly engines: EngineCounts;
  readonly enginesRefused: EngineCounts;
}

/** A decision of the sample, with its rank. */
export interface DrawnSample {
  readonly sample: Sample;
  /** Among which decisions of its minute it was drawn. */
  readonly pool: string;
  /** From 0 to 1. Of a pool the lowest ranks are kept: so two samples are joined by keeping the lowest of both. */
  readonly rank: number;
}

/** Everything that was recorded in a while, as plain data that can be sent, joined and written. Of bounded size. */
export interface Delta {
  readonly rows: readonly RollupRow[];
  readonly origins: readonly OriginNews[];
  readonly samples: readonly DrawnSample[];
  /** By the beginning of the hour, in milliseconds since 1970: marks of distinct origins. */
  readonly distinct: readonly { readonly hour: number; readonly marks: readonly number[] }[];
  /** What was lost before it came this far. */
  readonly lost: { readonly decisions: number; readonly samples: number };
}

export const minuteMs = 60_000;
export const hourMs = 3_600_000;

export function breakdownOf(parts: Iterable<readonly [Reason, Counts]>) {
  const byReason: Partial<Record<Reason, number>> = {};
  const sums = newCounts();
  let refused = 0;
  for (const [reason, counts] of parts) {
    if (counts.decisions === 0) continue;
    byReason[reason] = (byReason[reason] ?? 0) + counts.decisions;
    if (isRefusal(reason)) refused += counts.decisions;
    addNumbers(sums, counts);
  }
  return { counts: sums, byReason, allowed: byReason.allowed ?? 0, refused };
}

export function decisionsIn({ rows }: Pick<Delta, "rows">): number {
  return rows.reduce((sum, { counts }) => sum + counts.decisions, 0);
}
