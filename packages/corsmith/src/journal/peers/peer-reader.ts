import { addNumbers, type CountsSum, countNames, newCounts } from "../counting/counts.ts";
import { LiveMoment, maxMomentSamples } from "../counting/live-moment.ts";
import { type Database, numberOf, type SqlRow, textOf } from "../database/database.ts";
import { type Condition, samples, writers } from "../database/statements.ts";
import { sampleOf } from "../queries/samples.ts";
import type { Sample } from "../schema/decisions.ts";
import type { JournalMoment } from "../schema/status.ts";
import { maxWriters, type RunningSums, sumsFromText } from "./writers.ts";

/** Milliseconds after which what was read last is too old to go on from: then it begins again, as at the start. */
const maxGapMs = 30_000;

type Known = ReturnType<typeof knownFrom>;

function knownFrom(row: SqlRow) {
  return { sequence: numberOf(row, "sequence"), sums: sumsFromText(textOf(row, "sums")) };
}

/**
 * Reads what other writers have written since the last time. Each writer's batches have numbers and come one after the other, so nothing is
 * read twice or left out, whatever the clocks say. Two short queries, and an answer of bounded size.
 *
 * It asks, rather than being notified by `NOTIFY`: that would need a connection of its own, which poolers do not give.
 */
export class PeerReader {
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
    const rows = await database.all(writers.others, [this.#writer, maxWriters]);
    const now = new Map(rows.map((row) => [textOf(row, "writer"), knownFrom(row)]));
    const before = performance.now() - this.#readAt > maxGapMs ? undefined : this.#known;
    const drawn = before === undefined ? [] : await newSamples(database, now, before);
    this.#known = now;
    this.#readAt = performance.now();
    if (before === undefined) {
      this.#live = new LiveMoment();
      return undefined;
    }
    for (const [writer, { sums }] of now) {
      const old = before.get(writer);
      // One that is only just seen is followed from here on: it announces itself before it has anything to write.
      if (old === undefined) continue;
      for (const [reason, counts] of addedSince(sums, old.sums)) addNumbers(this.#live.countsOf(reason), counts);
    }
    for (const sample of drawn) this.#live.addSample(sample);
    return this.#live.take({ decisions: 0, samples: 0 });
  }
}

/** What was added since; of a writer that has started again, and so counts less than before, all. */
function addedSince(now: RunningSums, before: RunningSums): RunningSums {
  return new Map(
    [...now].map(([reason, counts]) => {
      const old = before.get(reason) ?? newCounts();
      if (countNames.some((name) => counts[name] < old[name])) return [reason, counts];
      const added: CountsSum = { ...counts };
      for (const name of countNames) added[name] -= old[name];
      return [reason, added];
    }),
  );
}

/** The samples of the batches between, blocked ones rather than others, in the order of time. */
async function newSamples(
  database: Database,
  now: ReadonlyMap<string, Known>,
  before: ReadonlyMap<string, Known>,
): Promise<readonly Sample[]> {
  const batches: Condition[] = [];
  for (const [writer, { sequence }] of now) {
    const old = before.get(writer)?.sequence ?? sequence;
    if (old < sequence) batches.push(["(writer = ? AND batch > ? AND batch <= ?)", writer, old, sequence]);
  }
  if (batches.length === 0) return [];
  const where = `WHERE ${batches.map(([sql]) => sql).join(" OR ")}`;
  const values = batches.flatMap(([, ...own]) => own);
  const rows = await database.all(samples.ofBatches(where), [...values, maxMomentSamples]);
  return rows.map(sampleOf).reverse();
}
