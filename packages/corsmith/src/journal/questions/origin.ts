import { type Database, numberOf, textOf } from "../database/database.ts";
import { hourMs, minuteMs } from "../delta.ts";
import type { OriginDetail, Tally, TimeRange } from "../journal-queries.ts";
import { breakdown, sumsOfCounts, wholeMinutes } from "./breakdown.ts";
import { summaries } from "./origins.ts";
import { samples } from "./samples.ts";
import { series } from "./series.ts";

const mostTallies = 50;
const mostSamples = 20;

/** One origin, closely. */
export async function origin(database: Database, name: string, wanted: TimeRange): Promise<OriginDetail | undefined> {
  const [summary] = await summaries(
    database,
    await database.all("SELECT * FROM corsmith_origins WHERE origin = ?", [name]),
  );
  if (summary === undefined) return undefined;
  const range = wholeMinutes(wanted);
  const inRange = await database.all(
    `SELECT reason, ${sumsOfCounts} FROM corsmith_rollups WHERE origin = ? AND start >= ? AND start < ? GROUP BY reason`,
    [name, range.from, range.to],
  );
  const { counts, byReason } = breakdown(inRange);
  const blocked = await samples(database, { origin: name, blocked: true, limit: mostSamples });
  const passed = await samples(database, { origin: name, blocked: false, limit: mostSamples });
  return {
    summary,
    inRange: { counts, byReason },
    routes: await tallies(database, name, "route"),
    methods: await tallies(database, name, "method"),
    engines: await tallies(database, name, "engine"),
    series: await series(database, range, stepFor(range), "reason", { origin: name }),
    samples: [...blocked.samples, ...passed.samples].slice(0, mostSamples),
  };
}

async function tallies(database: Database, name: string, facet: string): Promise<Tally[]> {
  const rows = await database.all(
    `SELECT name, decisions, refused, last_seen FROM corsmith_facets
     WHERE origin = ? AND facet = ? ORDER BY decisions DESC, name LIMIT ?`,
    [name, facet, mostTallies],
  );
  return rows.map((row) => ({
    name: textOf(row, "name"),
    decisions: numberOf(row, "decisions"),
    refused: numberOf(row, "refused"),
    lastSeen: numberOf(row, "last_seen"),
  }));
}

/** About a hundred points, and whole hours where the range is long, since of old times only hours are kept. */
function stepFor({ from, to }: TimeRange): number {
  const step = (to - from) / 100;
  return step > 30 * minuteMs ? Math.ceil(step / hourMs) * hourMs : step;
}
