import type { Reason } from "@corsmith/cors";
import { countNames } from "../counting/counts.ts";
import { breakdownOf, minuteMs } from "../counting/delta.ts";
import { numberOf, type SqlRow, textOf } from "../database/database.ts";
import { columnOf } from "../database/statements.ts";
import type { Counts, TimeRange } from "../schema/common.ts";

export function countsOf(row: SqlRow): Counts {
  return Object.fromEntries(countNames.map((name) => [name, numberOf(row, columnOf(name))])) as unknown as Counts;
}

/** Joins rows that have a reason and counts. */
export function breakdown(rows: readonly SqlRow[]) {
  return breakdownOf(rows.map((row) => [textOf(row, "reason") as Reason, countsOf(row)]));
}

/** Widens a range to whole minutes. */
export function wholeMinutes({ from, to }: TimeRange): TimeRange {
  const begin = Math.floor(from / minuteMs) * minuteMs;
  return { from: begin, to: Math.max(begin + minuteMs, Math.ceil(to / minuteMs) * minuteMs) };
}

export function pageSize(limit = 50): number {
  return Math.min(500, Math.max(1, Math.floor(limit)));
}
