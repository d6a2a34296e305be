import { type Delta, hourMs } from "../counting/delta.ts";
import { DistinctSketch } from "../counting/sketches.ts";
import { type Database, numberOf, type SqlRow, textOf } from "../database/database.ts";
import { distinct as sql } from "../database/statements.ts";
import type { TimeRange } from "../schema/common.ts";

/**
 * Writes who was seen, as sketches of distinct origins: one for each hour and writer. To write one again is to write the same, so a batch
 * that comes twice does no harm.
 */
export async function writeDistinct(database: Database, writer: string, distinct: Delta["distinct"]): Promise<void> {
  for (const { hour, marks } of distinct) {
    const sketch = joined(await database.all(sql.ofWriter, [hour, writer]));
    for (const mark of marks) sketch.mark(mark);
    await database.run(sql.put, [hour, writer, sketch.toText()]);
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
