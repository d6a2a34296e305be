import { type Database, numberOf, textOf } from "../database/database.ts";
import { noOrigin, otherOrigins, type RouteSummary, type TimeRange } from "../journal-queries.ts";
import { breakdown, sumsOfCounts, wholeMinutes } from "./breakdown.ts";

/** Every route that was called in a stretch of time, the busiest first. */
export async function routes(database: Database, wanted: TimeRange): Promise<readonly RouteSummary[]> {
  const { from, to } = wholeMinutes(wanted);
  const rows = await database.all(
    `SELECT route, reason, ${sumsOfCounts} FROM corsmith_rollups WHERE start >= ? AND start < ? GROUP BY route, reason`,
    [from, to],
  );
  const origins = await database.all(
    `SELECT route, COUNT(DISTINCT origin) AS origins FROM corsmith_rollups
     WHERE start >= ? AND start < ? AND origin <> ? AND origin <> ? GROUP BY route`,
    [from, to, noOrigin, otherOrigins],
  );
  const originsOf = new Map(origins.map((row) => [textOf(row, "route"), numberOf(row, "origins")]));
  return [...Map.groupBy(rows, (row) => textOf(row, "route"))]
    .map(([route, own]) => ({ route, ...breakdown(own), origins: originsOf.get(route) ?? 0 }))
    .sort((a, b) => b.counts.decisions - a.counts.decisions || (a.route < b.route ? -1 : 1));
}
