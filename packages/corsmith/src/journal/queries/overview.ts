import type { DecisionKind } from "@corsmith/cors/observe";
import { hourMs } from "../counting/delta.ts";
import { DistinctSketch } from "../counting/sketches.ts";
import { type Database, numberOf, one, textOf } from "../database/database.ts";
import { noOrigin, type Overview, otherOrigins, type RouteSummary, type TimeRange } from "../journal-queries.ts";
import { breakdown, sumsOfCounts, wholeMinutes } from "./breakdown.ts";

/** All that happened in a stretch of time. */
export async function overview(database: Database, wanted: TimeRange): Promise<Overview> {
  const range = wholeMinutes(wanted);
  const rows = await database.all(
    `SELECT kind, reason, ${sumsOfCounts} FROM corsmith_rollups WHERE start >= ? AND start < ? GROUP BY kind, reason`,
    [range.from, range.to],
  );
  const total = breakdown(rows);
  const byKind: Partial<Record<DecisionKind, number>> = {};
  for (const row of rows) {
    const kind = textOf(row, "kind") as DecisionKind;
    byKind[kind] = (byKind[kind] ?? 0) + numberOf(row, "decisions");
  }
  const unnamed = await one(
    database,
    "SELECT SUM(decisions) AS decisions FROM corsmith_rollups WHERE start >= ? AND start < ? AND origin = ?",
    [range.from, range.to, otherOrigins],
  );
  const news = await one(
    database,
    "SELECT COUNT(*) AS origins FROM corsmith_origins WHERE first_seen >= ? AND first_seen < ?",
    [range.from, range.to],
  );
  return {
    range,
    ...total,
    byKind,
    distinctOrigins: Math.min(await distinctOrigins(database, range), total.allowed + total.refused),
    newOrigins: numberOf(news, "origins"),
    unnamed: numberOf(unnamed, "decisions"),
  };
}

/** The sketches are of whole hours: one that the range touches is counted whole. */
async function distinctOrigins(database: Database, { from, to }: TimeRange): Promise<number> {
  const sketches = await database.all("SELECT registers FROM corsmith_distinct WHERE hour >= ? AND hour < ?", [
    from - (from % hourMs),
    to,
  ]);
  const joined = new DistinctSketch();
  for (const row of sketches) joined.join(DistinctSketch.fromText(textOf(row, "registers")));
  return joined.estimate();
}

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
