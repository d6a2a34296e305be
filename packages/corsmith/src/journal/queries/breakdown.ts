import type { Reason } from "@corsmith/cors";
import { countNames, newCounts } from "../counting/counts.ts";
import { isRefusal, minuteMs } from "../counting/delta.ts";
import { numberOf, type SqlRow, textOf } from "../database/database.ts";
import { columnOf } from "../database/statements.ts";
import type { Breakdown, Counts, TimeRange } from "../schema/common.ts";

/** All counts of a row. */
export function countsOf(row: SqlRow): Counts {
  return Object.fromEntries(countNames.map((name) => [name, numberOf(row, columnOf(name))])) as unknown as Counts;
}

/** Joins rows that have a reason and counts. */
export function breakdown(rows: readonly SqlRow[]): Breakdown & { readonly allowed: number; readonly refused: number } {
  const byReason: Partial<Record<Reason, number>> = {};
  let refused = 0;
  const sums = newCounts();
  for (const row of rows) {
    const reason = textOf(row, "reason") as Reason;
    const decisions = numberOf(row, "decisions");
    byReason[reason] = (byReason[reason] ?? 0) + decisions;
    if (isRefusal(reason)) refused += decisions;
    for (const name of countNames) sums[name] += numberOf(row, columnOf(name));
  }
  return { counts: sums, byReason, allowed: byReason.allowed ?? 0, refused };
}

/** Widens a range to whole minutes. */
export function wholeMinutes({ from, to }: TimeRange): TimeRange {
  const begin = Math.floor(from / minuteMs) * minuteMs;
  return { from: begin, to: Math.max(begin + minuteMs, Math.ceil(to / minuteMs) * minuteMs) };
}

/** How many rows a page has. */
export function pageSize(limit = 50): number {
  return Math.min(500, Math.max(1, Math.floor(limit)));
}
