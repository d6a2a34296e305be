import type { Delta } from "../counting/delta.ts";
import { DistinctSketch } from "../counting/sketches.ts";
import type { Database } from "../database/database.ts";
import { textOf } from "../database/database.ts";

/** Hours that are kept at hand. */
const mostHours = 4;

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
      await database.run(
        `INSERT INTO corsmith_distinct (hour, writer, registers) VALUES (?, ?, ?)
         ON CONFLICT (hour, writer) DO UPDATE SET registers = excluded.registers`,
        [hour, this.#writer, sketch.toText()],
      );
    }
  }

  /** Its own sketch of an hour that has left the memory meanwhile. */
  async #load(database: Database, hour: number): Promise<DistinctSketch> {
    const rows = await database.all("SELECT registers FROM corsmith_distinct WHERE hour = ? AND writer = ?", [
      hour,
      this.#writer,
    ]);
    const [row] = rows;
    const sketch = row === undefined ? new DistinctSketch() : DistinctSketch.fromText(textOf(row, "registers"));
    if (this.#hours.size >= mostHours) this.#hours.delete(Math.min(...this.#hours.keys()));
    this.#hours.set(hour, sketch);
    return sketch;
  }
}
