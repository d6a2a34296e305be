import { addCounts, type Counts, type CountsSum, countNames, newCounts } from "../counting/counts.ts";
import { type Delta, isRefusal, minuteMs, type OriginNews, type RollupRow } from "../counting/delta.ts";
import { engineFamilies } from "../counting/engine-family.ts";
import type { Database } from "../database/database.ts";
import { columnOf } from "../database/migrations.ts";
import type { SqlValue } from "../journal.ts";
import { noOrigin, otherOrigins } from "../journal-queries.ts";
import type { RunningSums } from "../peers/peer-reader.ts";
import { enterBatch } from "../peers/writers.ts";

/** A delta on its way into the database. */
export interface Batch {
  /** Who writes it: a name that no other program has, and that this one had never before. */
  readonly writer: string;
  /** How it is called where people read. */
  readonly name: string;
  /** Counts the batches of this writer. */
  readonly sequence: number;
  readonly delta: Delta;
  /** All that this writer has written, this batch too. */
  readonly sums: RunningSums;
}

const countColumns = countNames.map(columnOf);
const rollupColumns = ["start", "span", "route", "origin", "method", "kind", "reason", ...countColumns];
const originColumns = ["origin", "first_seen", "last_seen", "allowed", "refused", ...countColumns];

/** What an upsert says that adds the new counts to the old ones. */
function adding(table: string, columns: readonly string[]): string {
  return columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(", ");
}

/** The part of a statement that adds roll-ups to those that are there. */
export const intoRollups: { readonly before: string; readonly after: string } = {
  before: `INSERT INTO corsmith_rollups (${rollupColumns.join(", ")})`,
  after: `ON CONFLICT (start, span, route, origin, method, kind, reason) DO UPDATE SET ${adding("corsmith_rollups", countColumns)}`,
};

/**
 * Writes a batch in one transaction, once: a batch that comes again, since nobody knows whether it was written before the connection broke,
 * changes nothing. Rows are written in the order of their keys, so that gateways that write at once wait for each other in one order.
 *
 * @returns whether it was new
 */
export async function writeDelta(database: Database, batch: Batch): Promise<boolean> {
  const { delta } = batch;
  return await database.transaction(async (inside) => {
    if (!(await enterBatch(inside, batch))) return false;
    await writeRollups(inside, delta.rows);
    await writeOrigins(inside, delta);
    await writeSamples(inside, batch);
    return true;
  });
}

async function writeRollups(database: Database, rows: readonly RollupRow[]): Promise<void> {
  const values = rows.map(({ start, route, origin, method, kind, reason, counts }) => [
    start,
    minuteMs,
    route,
    origin,
    method,
    kind,
    reason,
    ...valuesOf(counts),
  ]);
  await database.insert(`${intoRollups.before} VALUES`, byKey(values, 7), intoRollups.after);
}

async function writeOrigins(database: Database, delta: Delta): Promise<void> {
  const values: SqlValue[][] = [];
  const facets: SqlValue[][] = [];
  for (const [origin, { firstSeen, lastSeen, allowed, refused, counts, facets: own }] of originSums(delta)) {
    values.push([origin, firstSeen, lastSeen, allowed, refused, ...valuesOf(counts)]);
    for (const { facet, name, ...tally } of own.values())
      facets.push([origin, facet, name, tally.decisions, tally.refused, lastSeen]);
  }
  const [least, most] = database.dialect === "sqlite" ? ["MIN", "MAX"] : ["LEAST", "GREATEST"];
  await database.insert(
    `INSERT INTO corsmith_origins (${originColumns.join(", ")}) VALUES`,
    byKey(values, 1),
    `ON CONFLICT (origin) DO UPDATE SET
       first_seen = ${least}(corsmith_origins.first_seen, excluded.first_seen),
       last_seen = ${most}(corsmith_origins.last_seen, excluded.last_seen),
       ${adding("corsmith_origins", ["allowed", "refused", ...countColumns])}`,
  );
  await database.insert(
    "INSERT INTO corsmith_facets (origin, facet, name, decisions, refused, last_seen) VALUES",
    byKey(facets, 3),
    `ON CONFLICT (origin, facet, name) DO UPDATE SET
       last_seen = ${most}(corsmith_facets.last_seen, excluded.last_seen),
       ${adding("corsmith_facets", ["decisions", "refused"])}`,
  );
}

async function writeSamples(database: Database, { writer, sequence, delta }: Batch): Promise<void> {
  const values = delta.samples.map(({ sample, pool, rank }) => [
    sample.id,
    sample.time,
    sample.time - (sample.time % minuteMs),
    pool,
    rank,
    sample.blocked ? 1 : 0,
    !sample.answeredAtOnce && (sample.status ?? 0) >= 400 ? 1 : 0,
    sample.origin,
    sample.route,
    sample.reason,
    JSON.stringify(sample),
    writer,
    sequence,
  ]);
  await database.insert(
    `INSERT INTO corsmith_samples
       (id, time, minute, pool, lot, blocked, failed, origin, route, reason, data, writer, batch) VALUES`,
    byKey(values, 1),
    "ON CONFLICT (id) DO NOTHING",
  );
}

/** In the order of the columns. */
function valuesOf(counts: Counts): readonly number[] {
  return countNames.map((name) => counts[name]);
}

/** In the order of the first so many columns. */
function byKey(rows: readonly SqlValue[][], columns: number): readonly SqlValue[][] {
  const keyed = rows.map((row) => ({ row, key: row.slice(0, columns).join("\n") }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
}

/** A property of an origin, and how often it had it. */
export interface Facet {
  readonly facet: "route" | "method" | "reason" | "engine";
  readonly name: string;
  decisions: number;
  refused: number;
}

/** What a delta says of one origin. */
export interface OriginSums {
  firstSeen: number;
  lastSeen: number;
  allowed: number;
  refused: number;
  readonly counts: CountsSum;
  readonly facets: Map<string, Facet>;
}

/** What a delta says of each origin that has a name. */
function originSums({ rows, origins }: Delta): ReadonlyMap<string, OriginSums> {
  const all = new Map<string, OriginSums>();
  for (const row of rows) if (row.origin !== noOrigin && row.origin !== otherOrigins) addRow(sumsOf(all, row), row);
  for (const news of origins) {
    const sums = all.get(news.origin);
    if (sums !== undefined) addNews(sums, news);
  }
  return all;
}

/** Where nobody told the exact times, the minute stands for them. */
function sumsOf(all: Map<string, OriginSums>, { origin, start }: RollupRow): OriginSums {
  const known = all.get(origin);
  if (known !== undefined) {
    known.firstSeen = Math.min(known.firstSeen, start);
    known.lastSeen = Math.max(known.lastSeen, start);
    return known;
  }
  const fresh = { firstSeen: start, lastSeen: start, allowed: 0, refused: 0, counts: newCounts(), facets: new Map() };
  all.set(origin, fresh);
  return fresh;
}

function addRow(sums: OriginSums, { route, method, reason, counts }: RollupRow): void {
  const { decisions } = counts;
  const refused = isRefusal(reason) ? decisions : 0;
  addCounts(sums.counts, counts);
  sums.refused += refused;
  if (reason === "allowed") sums.allowed += decisions;
  addFacet(sums, { facet: "route", name: route, decisions, refused });
  addFacet(sums, { facet: "method", name: method, decisions, refused });
  addFacet(sums, { facet: "reason", name: reason, decisions, refused });
}

function addNews(sums: OriginSums, { firstSeen, lastSeen, engines, enginesRefused }: OriginNews): void {
  sums.firstSeen = firstSeen;
  sums.lastSeen = lastSeen;
  for (const name of engineFamilies) {
    const decisions = engines[name];
    if (decisions > 0) addFacet(sums, { facet: "engine", name, decisions, refused: enginesRefused[name] });
  }
}

function addFacet({ facets }: OriginSums, facet: Facet): void {
  const key = `${facet.facet} ${facet.name}`;
  const known = facets.get(key);
  if (known === undefined) {
    facets.set(key, facet);
    return;
  }
  known.decisions += facet.decisions;
  known.refused += facet.refused;
}
