import { isRefusal } from "@corsmith/cors/observe";
import { valuesOf } from "../counting/counts.ts";
import {
  breakdownOf,
  type Delta,
  minuteMs,
  noOrigin,
  type OriginNews,
  otherOrigins,
  type RollupRow,
} from "../counting/delta.ts";
import type { Database, SqlValue } from "../database/database.ts";
import { facets, origins, rollups, rollupWords, samples, writers } from "../database/statements.ts";
import { type RunningSums, sumsToText } from "../peers/writers.ts";
import { engineFamilies } from "../schema/words.ts";

export interface Batch {
  /** A name that no other writer has, or ever had. */
  readonly writer: string;
  /** How it is called where people read. */
  readonly name: string;
  /** Counts the batches of this writer. */
  readonly sequence: number;
  readonly delta: Delta;
  /** All that this writer has written, this batch too. */
  readonly sums: RunningSums;
}

/**
 * Writes a batch in one transaction, once: a batch that is sent again, since the connection broke before its answer came, changes nothing. Rows are written in the order of their keys, so that gateways that write at once wait for each other in one order.
 *
 * @returns whether it was new
 */
export async function writeBatch(database: Database, batch: Batch): Promise<boolean> {
  const { writer, name, sequence, delta, sums } = batch;
  return await database.transaction(async (inside) => {
    const entry = [writer, name, sequence, sumsToText(sums)];
    if ((await inside.run(writers.enterBatch(inside.dialect), entry)) === 0) return false;
    await writeRollups(inside, delta.rows);
    await writeOrigins(inside, delta);
    await writeSamples(inside, batch);
    return true;
  });
}

async function writeRollups(database: Database, rows: readonly RollupRow[]): Promise<void> {
  const values = rows.map((row) => [
    row.start,
    minuteMs,
    ...rollupWords.map((name) => row[name]),
    ...valuesOf(row.counts),
  ]);
  await database.insert(rollups.insert, byKey(values, 7), rollups.orAdd);
}

async function writeOrigins(database: Database, delta: Delta): Promise<void> {
  const values: SqlValue[][] = [];
  const facetValues: SqlValue[][] = [];
  const news = new Map(delta.origins.map((each) => [each.origin, each]));
  const named = delta.rows.filter(({ origin }) => origin !== noOrigin && origin !== otherOrigins);
  for (const [origin, rows] of Map.groupBy(named, (row) => row.origin)) {
    const { counts, allowed, refused } = breakdownOf(rows.map((row) => [row.reason, row.counts]));
    // Where the exact times are not known, the minute stands for them.
    const minutes = rows.map(({ start }) => start);
    const { firstSeen, lastSeen } = news.get(origin) ?? {
      firstSeen: Math.min(...minutes),
      lastSeen: Math.max(...minutes),
    };
    values.push([origin, firstSeen, lastSeen, allowed, refused, ...valuesOf(counts)]);
    for (const { facet, name, ...tally } of facetsOf(rows, news.get(origin)))
      facetValues.push([origin, facet, name, tally.decisions, tally.refused, lastSeen]);
  }
  await database.insert(origins.insert, byKey(values, 1), origins.orAdd);
  await database.insert(facets.insert, byKey(facetValues, 3), facets.orAdd);
}

function facetsOf(rows: readonly RollupRow[], news: OriginNews | undefined) {
  const sums = new Map<string, { facet: string; name: string; decisions: number; refused: number }>();
  const add = (facet: string, name: string, decisions: number, refused: number): void => {
    const key = `${facet} ${name}`;
    const sum = sums.get(key) ?? { facet, name, decisions: 0, refused: 0 };
    sum.decisions += decisions;
    sum.refused += refused;
    sums.set(key, sum);
  };
  for (const { route, method, reason, counts } of rows) {
    const refused = isRefusal(reason) ? counts.decisions : 0;
    add("route", route, counts.decisions, refused);
    add("method", method, counts.decisions, refused);
    add("reason", reason, counts.decisions, refused);
  }
  for (const name of engineFamilies)
    if (news !== undefined && news.engines[name] > 0)
      add("engine", name, news.engines[name], news.enginesRefused[name]);
  return sums.values();
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
