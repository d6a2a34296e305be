import type { DecisionKind } from "@corsmith/cors/observe";
import { noOrigin, otherOrigins } from "../counting/delta.ts";
import { type Database, numberOf, one, textOf } from "../database/database.ts";
import { origins, rollups } from "../database/statements.ts";
import type { TimeRange } from "../schema/common.ts";
import type { Overview, RouteSummary } from "../schema/decisions.ts";
import { estimateOrigins } from "../tables/distinct-origins.ts";
import { breakdown, wholeMinutes } from "./breakdown.ts";

export async function overview(database: Database, wanted: TimeRange): Promise<Overview> {
  const range = wholeMinutes(wanted);
  const { from, to } = range;
  const rows = await database.all(rollups.byKindAndReason, [from, to]);
  const total = breakdown(rows);
  const byKind: Partial<Record<DecisionKind, number>> = {};
  for (const row of rows) {
    const kind = textOf(row, "kind") as DecisionKind;
    byKind[kind] = (byKind[kind] ?? 0) + numberOf(row, "decisions");
  }
  const unnamed = await one(database, rollups.decisionsOfOrigin, [from, to, otherOrigins]);
  const news = await one(database, origins.firstSeen, [from, to]);
  return {
    range,
    ...total,
    byKind,
    distinctOrigins: Math.min(await estimateOrigins(database, range), total.allowed + total.refused),
    newOrigins: numberOf(news, "origins"),
    newCredentialedOrigins: numberOf(news, "credentialed"),
    unnamed: numberOf(unnamed, "decisions"),
  };
}

/** Every route that was called in a stretch of time, the busiest first. */
export async function routes(database: Database, wanted: TimeRange): Promise<readonly RouteSummary[]> {
  const { from, to } = wholeMinutes(wanted);
  const rows = await database.all(rollups.byRouteAndReason, [from, to]);
  const callers = await database.all(rollups.originsByRoute, [from, to, noOrigin, otherOrigins]);
  const originsOf = new Map(callers.map((row) => [textOf(row, "route"), numberOf(row, "origins")]));
  return [...Map.groupBy(rows, (row) => textOf(row, "route"))]
    .map(([route, own]) => ({ route, ...breakdown(own), origins: originsOf.get(route) ?? 0 }))
    .sort((a, b) => b.counts.decisions - a.counts.decisions || (a.route < b.route ? -1 : 1));
}
