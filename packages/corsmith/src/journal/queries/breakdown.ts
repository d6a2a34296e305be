import type { Reason } from "@corsmith/cors";
import { type Counts, countNames, newCounts } from "../counting/counts.ts";
import { isRefusal, minuteMs } from "../counting/delta.ts";
import { numberOf, textOf } from "../database/database.ts";
import { columnOf } from "../database/migrations.ts";
import type { SqlRow } from "../journal.ts";
import type { Breakdown, TimeRange } from "../journal-queries.ts";

/** The sums of all counts, for a SELECT. */
export const sumsOfCounts: string = countNames.map((name) => `SUM(${columnOf(name)}) AS ${columnOf(name)}`).join(", ");

/** All counts of a row. */
export function countsOf(row: SqlRow): Counts {
  return Object.fromEntries(countNames.map((name) => [name, numberOf(row, columnOf(name))])) as unknown as Counts;
}

/** Joins rows that have a reason and counts. */
export function breakdown(rows: readonly SqlRow[]): Breakdown & { readonly allowed: number; readonly refused: number } {
  const byReason: Partial<Record<Reason, number>> = {};
  const sums = newCounts();
  for (const row of rows) {
    const reason = textOf(row, "reason") as Reason;
    byReason[reason] = (byReason[reason] ?? 0) + numberOf(row, "decisions");
    for (const name of countNames) sums[name] += numberOf(row, columnOf(name));
  }
  return { counts: sums, byReason, ...verdicts(byReason) };
}

/** What of it was allowed and what refused. */
function verdicts(byReason: Breakdown["byReason"]): { readonly allowed: number; readonly refused: number } {
  const refused = Object.entries(byReason)
    .filter(([reason]) => isRefusal(reason as Reason))
    .reduce((sum, [, decisions]) => sum + decisions, 0);
  return { allowed: byReason.allowed ?? 0, refused };
}

/** Widens a range to whole minutes. */
export function wholeMinutes({ from, to }: TimeRange): TimeRange {
  const begin = Math.floor(from / minuteMs) * minuteMs;
  return { from: begin, to: Math.max(begin + minuteMs, Math.ceil(to / minuteMs) * minuteMs) };
}

/** How many rows a page has. */
export function pageSize(limit: number | undefined): number {
  return Math.min(500, Math.max(1, Math.floor(limit ?? 50)));
}
