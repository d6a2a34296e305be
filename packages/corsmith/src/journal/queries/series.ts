import { countNames } from "../counting/counts.ts";
import { minuteMs } from "../counting/delta.ts";
import { type Database, numberOf, textOf } from "../database/database.ts";
import { columnOf } from "../database/migrations.ts";
import type { SqlValue } from "../journal.ts";
import { otherOrigins, type Series, type SeriesKey, type SeriesOptions, type TimeRange } from "../journal-queries.ts";
import { wholeMinutes } from "./breakdown.ts";

/** Points and lines that a chart can still show. */
const mostPoints = 1_500;
const mostLines = 12;

const expressions: Readonly<Record<SeriesKey, string>> = {
  verdict: "CASE WHEN reason IN ('allowed', 'not-cross-origin') THEN reason ELSE 'refused' END",
  reason: "reason",
  route: "route",
  kind: "kind",
  method: "method",
  origin: "origin",
};

/** Numbers over time, parted by a key. */
export async function series(
  database: Database,
  wanted: TimeRange,
  step: number,
  by: SeriesKey,
  options: SeriesOptions = {},
): Promise<Series> {
  const range = wholeMinutes(wanted);
  const width = stepOf(range, step);
  const begin = range.from - (range.from % width);
  const times: number[] = [];
  for (let time = begin; time < range.to; time += width) times.push(time);
  const measure = columnOf(countNames.find((name) => name === options.measure) ?? "decisions");
  const { where, values } = condition(range, options);
  const rows = await database.all(
    `SELECT start - start % ${width} AS point, ${expressions[by]} AS line, SUM(${measure}) AS amount
     FROM corsmith_rollups WHERE ${where} GROUP BY start - start % ${width}, ${expressions[by]}`,
    values,
  );
  const lines = new Map<string, number[]>();
  for (const row of rows) {
    const place = (numberOf(row, "point") - begin) / width;
    if (place >= 0 && place < times.length)
      add(lines, textOf(row, "line"), times.length, place, numberOf(row, "amount"));
  }
  return { range, step: width, times, lines: largest(lines, times.length) };
}

/** Whole minutes, and no more points than a chart can show. */
function stepOf({ from, to }: TimeRange, step: number): number {
  const least = Math.max(step, (to - from) / mostPoints, minuteMs);
  return Math.ceil(least / minuteMs) * minuteMs;
}

function condition(
  range: TimeRange,
  { origin, route }: SeriesOptions,
): { readonly where: string; readonly values: SqlValue[] } {
  const parts = ["start >= ?", "start < ?"];
  const values: SqlValue[] = [range.from, range.to];
  for (const [column, value] of [
    ["origin", origin],
    ["route", route],
  ] as const) {
    if (value === undefined) continue;
    parts.push(`${column} = ?`);
    values.push(value);
  }
  return { where: parts.join(" AND "), values };
}

function add(lines: Map<string, number[]>, name: string, points: number, place: number, amount: number): void {
  const known = lines.get(name) ?? Array.from({ length: points }, () => 0);
  known[place] = (known[place] ?? 0) + amount;
  lines.set(name, known);
}

function largest(lines: ReadonlyMap<string, number[]>, points: number): Series["lines"] {
  const ranked = [...lines].map(([name, values]) => ({
    name,
    values,
    sum: values.reduce((sum, value) => sum + value, 0),
  }));
  ranked.sort((a, b) => b.sum - a.sum || (a.name < b.name ? -1 : 1));
  const named = ranked.filter(({ name }) => name !== otherOrigins);
  const kept = named.slice(0, mostLines - 1);
  const rest = ranked.filter((line) => !kept.includes(line));
  if (rest.length === 0) return kept.map(({ name, values }) => ({ name, values }));
  const values = Array.from({ length: points }, (_, place) =>
    rest.reduce((sum, line) => sum + (line.values[place] ?? 0), 0),
  );
  return [...kept.map((line) => ({ name: line.name, values: line.values })), { name: otherOrigins, values }];
}
