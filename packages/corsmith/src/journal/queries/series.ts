import { countNames } from "../counting/counts.ts";
import { minuteMs, otherOrigins } from "../counting/delta.ts";
import { type Database, numberOf, textOf } from "../database/database.ts";
import { columnOf, given, rollups, whereAll } from "../database/statements.ts";
import type { TimeRange } from "../schema/common.ts";
import type { Series, SeriesKey, SeriesQuery } from "../schema/decisions.ts";
import { wholeMinutes } from "./breakdown.ts";

/** Points and lines that a chart can still show. */
const maxPoints = 1_500;
const maxLines = 12;

const expressions: Readonly<Record<SeriesKey, string>> = {
  verdict: "CASE WHEN reason IN ('allowed', 'not-cross-origin', 'no-policy') THEN reason ELSE 'refused' END",
  reason: "reason",
  route: "route",
  kind: "kind",
  method: "method",
  origin: "origin",
};

/**
 * Numbers over time, parted by a key.
 *
 * @param step milliseconds; rounded up to a whole number of minutes, and so far that there are at most 1,500 points
 */
export async function series(
  database: Database,
  wanted: TimeRange,
  step: number,
  by: SeriesKey,
  { origin, route, measure }: Pick<SeriesQuery, "origin" | "route" | "measure"> = {},
): Promise<Series> {
  const range = wholeMinutes(wanted);
  const width = widthOf(range, step);
  const begin = range.from - (range.from % width);
  const times: number[] = [];
  for (let time = begin; time < range.to; time += width) times.push(time);
  const { where, values } = whereAll([
    ["start >= ? AND start < ?", range.from, range.to],
    given("origin = ?", origin),
    given("route = ?", route),
  ]);
  const column = columnOf(countNames.find((name) => name === measure) ?? "decisions");
  const rows = await database.all(rollups.series(expressions[by], column, width, where), values);
  const lines = new Map<string, number[]>();
  for (const row of rows) {
    const name = textOf(row, "line");
    const place = (numberOf(row, "point") - begin) / width;
    const line = lines.get(name) ?? times.map(() => 0);
    if (place in line) line[place] = numberOf(row, "amount");
    lines.set(name, line);
  }
  return { range, step: width, times, lines: largest(lines, times.length) };
}

/** Whole minutes, and no more points than a chart can show. */
function widthOf({ from, to }: TimeRange, step: number): number {
  const least = Math.max(step, (to - from) / maxPoints, minuteMs);
  return Math.ceil(least / minuteMs) * minuteMs;
}

/** The largest lines by name, and the others as one. */
function largest(lines: ReadonlyMap<string, readonly number[]>, points: number): Series["lines"] {
  const ranked = [...lines].map(([name, values]) => ({
    name,
    values,
    sum: values.reduce((sum, value) => sum + value, 0),
  }));
  ranked.sort((a, b) => b.sum - a.sum || (a.name < b.name ? -1 : 1));
  const kept = ranked.filter(({ name }) => name !== otherOrigins).slice(0, maxLines - 1);
  const rest = ranked.filter((line) => !kept.includes(line));
  const shown = kept.map(({ name, values }) => ({ name, values }));
  if (rest.length === 0) return shown;
  const values = Array.from({ length: points }, (_, place) =>
    rest.reduce((sum, line) => sum + (line.values[place] ?? 0), 0),
  );
  return [...shown, { name: otherOrigins, values }];
}
