import { type Delta, hourMs } from "../counting/delta.ts";
import { DistinctSketch } from "../counting/sketches.ts";
import { type Database, numberOf, type SqlRow, textOf } from "../database/database.ts";
import { distinct as sql } from "../database/statements.ts";
import type { TimeRange } from "../schema/common.ts";

/** Hours that are kept at hand. */
const maxHours = 4;

/**
 * Writes who was seen, as sketches of distinct origins: one for each hour and writer. To write one again is to write the same, so a batch
 * that comes twice does no harm.
 */
export class DistinctWriter {
  readonly #writer: string;
  readonly #hours = new Map<number, DistinctSketch>();

  constructor(writer: string) {
    this.#writer = writer;
  }

  async write(database: Database, distinct: Delta["distinct"]): Promise<void> {
    for (const { hour, marks } of distinct) {
      const sketch = this.#hours.get(hour) ?? (await this.#load(database, hour));
      for (const mark of marks) sketch.mark(mark);
      await database.run(sql.put, [hour, this.#writer, sketch.toText()]);
    }
  }

  /** Its own sketch of an hour that has left the memory meanwhile. */
  async #load(database: Database, hour: number): Promise<DistinctSketch> {
    const sketch = joined(await database.all(sql.ofWriter, [hour, this.#writer]));
    if (this.#hours.size >= maxHours) this.#hours.delete(Math.min(...this.#hours.keys()));
    this.#hours.set(hour, sketch);
    return sketch;
  }
}

/**
 * How many distinct origins there were; within 5 % nineteen times in twenty. The sketches are of whole hours: one that the range touches is
 * counted whole.
 */
export async function estimateOrigins(database: Database, { from, to }: TimeRange): Promise<number> {
  return joined(await database.all(sql.between, [from - (from % hourMs), to])).estimate();
}

/** Of hours that are over, the sketches of all writers become one. */
export async function joinSketches(database: Database, until: number): Promise<void> {
  for (const row of await database.all(sql.severalBefore, [until - hourMs])) {
    const hour = numberOf(row, "hour");
    const sketch = joined(await database.all(sql.between, [hour, hour + 1]));
    await database.run(sql.dropHour, [hour]);
    await database.run(sql.put, [hour, "", sketch.toText()]);
  }
}

function joined(rows: readonly SqlRow[]): DistinctSketch {
  const sketch = new DistinctSketch();
  for (const row of rows) sketch.join(DistinctSketch.fromText(textOf(row, "registers")));
  return sketch;
}
