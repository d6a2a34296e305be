import type { Reason } from "@corsmith/cors";
import { addCounts, type Counts, type CountsSum, countNames, newCounts } from "../counting/counts.ts";
import { type RollupRow, reasons } from "../counting/delta.ts";
import { LiveMoment, maxMomentSamples } from "../counting/live-moment.ts";
import type { Sample } from "../counting/sample.ts";
import { type Database, numberOf, textOf } from "../database/database.ts";
import type { JournalMoment, SqlValue } from "../journal.ts";

/** Writers that are followed at most, those last heard of. */
const mostWriters = 256;
/** Milliseconds after which what was read last is too old to go on from: then it begins anew, as at the start. */
const longestGap = 30_000;

interface Known {
  readonly sequence: number;
  readonly sums: RunningSums;
}

/**
 * Reads what other writers have written since the last time. Each writer's batches have numbers and come one after the other, so nothing is
 * read twice or left out, whatever the clocks say. Two short queries, and an answer of bounded size.
 *
 * It asks, rather than being told by `NOTIFY`: that would need a connection of its own, which poolers do not give.
 */
export class OthersReader {
  readonly #writer: string;
  #known: ReadonlyMap<string, Known> | undefined;
  #readAt = 0;
  #live = new LiveMoment();

  /** @param writer whose own batches are left out */
  constructor(writer: string) {
    this.#writer = writer;
  }

  /** What is new; `undefined` if nothing is, and the first time. */
  async read(database: Database): Promise<JournalMoment | undefined> {
    const rows = await database.all(
      `SELECT writer, sequence, sums FROM corsmith_writers WHERE writer <> ? ORDER BY seen DESC LIMIT ${mostWriters}`,
      [this.#writer],
    );
    const now = new Map(
      rows.map((row) => [
        textOf(row, "writer"),
        { sequence: numberOf(row, "sequence"), sums: sumsFromText(textOf(row, "sums")) },
      ]),
    );
    const before = performance.now() - this.#readAt > longestGap ? undefined : this.#known;
    const samples = before === undefined ? [] : await newSamples(database, now, before);
    this.#known = now;
    this.#readAt = performance.now();
    if (before === undefined) {
      this.#live = new LiveMoment();
      return undefined;
    }
    for (const [writer, { sums }] of now) {
      const old = before.get(writer);
      // One that is only just seen is followed from here on: it says that it is there before it has anything to say.
      if (old === undefined) continue;
      for (const [reason, counts] of addedSince(sums, old.sums)) addCounts(this.#live.countsOf(reason), counts);
    }
    for (const sample of samples) this.#live.addSample(sample);
    return this.#live.take({ decisions: 0, samples: 0 });
  }
}

/** The samples of the batches between, blocked ones rather than others, in the order of time. */
async function newSamples(
  database: Database,
  now: ReadonlyMap<string, Known>,
  before: ReadonlyMap<string, Known>,
): Promise<readonly Sample[]> {
  const values: SqlValue[] = [];
  const parts: string[] = [];
  for (const [writer, { sequence }] of now) {
    const old = before.get(writer);
    if (old === undefined || old.sequence >= sequence) continue;
    parts.push("(writer = ? AND batch > ? AND batch <= ?)");
    values.push(writer, old.sequence, sequence);
  }
  if (parts.length === 0) return [];
  const rows = await database.all(
    `SELECT data FROM corsmith_samples WHERE ${parts.join(" OR ")} ORDER BY blocked DESC, id DESC LIMIT ${maxMomentSamples}`,
    values,
  );
  return rows.map((row): Sample => JSON.parse(textOf(row, "data"))).reverse();
}

/** What a writer has counted since it began, by reason. It only grows: whoever reads it late has missed nothing. */
export type RunningSums = ReadonlyMap<Reason, Counts>;

/** The sums with further rows. */
export function withRows(sums: RunningSums, rows: readonly RollupRow[]): RunningSums {
  const grown = new Map<Reason, CountsSum>([...sums].map(([reason, counts]) => [reason, { ...counts }]));
  for (const { reason, counts } of rows) {
    const sum = grown.get(reason) ?? newCounts();
    addCounts(sum, counts);
    grown.set(reason, sum);
  }
  return grown;
}

/** What was added since; of a writer that has begun anew, and so counts less than before, all. */
function addedSince(now: RunningSums, before: RunningSums): RunningSums {
  return new Map(
    [...now].map(([reason, counts]) => {
      const old = before.get(reason) ?? newCounts();
      if (countNames.some((name) => counts[name] < old[name])) return [reason, counts];
      const added = { ...counts } as CountsSum;
      for (const name of countNames) added[name] -= old[name];
      return [reason, added];
    }),
  );
}

/** As it stands in the database: the counts of each reason in the order of `countNames`. */
export function sumsToText(sums: RunningSums): string {
  const lists = [...sums].map(([reason, counts]) => [reason, countNames.map((name) => counts[name])] as const);
  return JSON.stringify(Object.fromEntries(lists));
}

/** What stands in the database. Anything that is not understood, since another version has written it, counts nothing. */
export function sumsFromText(text: string): RunningSums {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return new Map();
  const sums = new Map<Reason, Counts>();
  for (const reason of reasons) {
    const list: unknown = value[reason as keyof typeof value];
    if (!Array.isArray(list) || !list.every(Number.isSafeInteger)) continue;
    const counts = newCounts();
    for (const [place, name] of countNames.entries()) counts[name] = list[place] ?? 0;
    sums.set(reason, counts);
  }
  return sums;
}
