import { addCounts, type CountsSum, newCounts, valuesOf } from "../counting/counts.ts";
import {
  type Delta,
  isRefusal,
  minuteMs,
  noOrigin,
  type OriginNews,
  otherOrigins,
  type RollupRow,
} from "../counting/delta.ts";
import { engineFamilies } from "../counting/engine-family.ts";
import type { Database, SqlValue } from "../database/database.ts";
import { facets, origins, rollups, samples } from "../database/statements.ts";
import { enterBatch, type NumberedBatch } from "../peers/writers.ts";

/** A delta on its way into the database. */
export interface Batch extends NumberedBatch {
  readonly delta: Delta;
}

/**
 * Writes a batch in one transaction, once: a batch that is sent again, since the connection broke before its answer came, changes nothing. Rows are written in the order of their keys, so that gateways that write at once wait for each other in one order.
 *
 * @returns whether it was new
 */
export async function writeBatch(database: Database, batch: Batch): Promise<boolean> {
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
  await database.insert(rollups.insert, byKey(values, 7), rollups.orAdd);
}

async function writeOrigins(database: Database, delta: Delta): Promise<void> {
  const values: SqlValue[][] = [];
  const facetValues: SqlValue[][] = [];
  for (const [origin, { firstSeen, lastSeen, allowed, refused, counts, facets: own }] of originSums(delta)) {
    values.push([origin, firstSeen, lastSeen, allowed, refused, ...valuesOf(counts)]);
    for (const { facet, name, ...tally } of own.values())
      facetValues.push([origin, facet, name, tally.decisions, tally.refused, lastSeen]);
  }
  await database.insert(origins.insert, byKey(values, 1), origins.orAdd);
  await database.insert(facets.insert, byKey(facetValues, 3), facets.orAdd);
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
  await database.insert(samples.insert, byKey(values, 1), samples.orLeave);
}

/** In the order of the first few columns, which are the key. */
function byKey(rows: readonly SqlValue[][], columns: number): readonly SqlValue[][] {
  const keyed = rows.map((row) => ({ row, key: row.slice(0, columns).join("\n") }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
}

/** A property of an origin, and how often it had it. */
interface Facet {
  readonly facet: "route" | "method" | "reason" | "engine";
  readonly name: string;
  decisions: number;
  refused: number;
}

/** What a delta holds about one origin. */
interface OriginSums {
  firstSeen: number;
  lastSeen: number;
  allowed: number;
  refused: number;
  readonly counts: CountsSum;
  readonly facets: Map<string, Facet>;
}

/** What a delta holds about each origin that has a name. */
function originSums({ rows, origins }: Delta): ReadonlyMap<string, OriginSums> {
  const all = new Map<string, OriginSums>();
  for (const row of rows) if (row.origin !== noOrigin && row.origin !== otherOrigins) addRow(sumsOf(all, row), row);
  for (const news of origins) {
    const sums = all.get(news.origin);
    if (sums !== undefined) addNews(sums, news);
  }
  return all;
}

/** Where the exact times are not known, the minute stands for them. */
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
