import type { Delta } from "./delta.ts";
import { DistinctSketch } from "./distinct-sketch.ts";

/** Hours of which distinct origins are told at once. */
const mostHours = 4;

interface Hour {
  readonly sketch: DistinctSketch;
  marks: number[];
}

/** The marks of distinct origins, hour by hour, that are news: what an hour's sketch knows already is not told again. */
export class DistinctMarks {
  readonly #hours = new Map<number, Hour>();

  /** @param hour its beginning, in milliseconds since 1970 */
  add(hour: number, mark: number): void {
    const known = this.#hours.get(hour) ?? this.#newHour(hour);
    if (known?.sketch.mark(mark) === true) known.marks.push(mark);
  }

  /** The news since the last time. */
  take(): Delta["distinct"] {
    const taken: Delta["distinct"][number][] = [];
    for (const [hour, known] of this.#hours) {
      if (known.marks.length > 0) taken.push({ hour, marks: known.marks });
      known.marks = [];
    }
    return taken;
  }

  /** The oldest hour gives way. */
  #newHour(hour: number): Hour | undefined {
    if (this.#hours.size >= mostHours) {
      const oldest = Math.min(...this.#hours.keys());
      if (hour < oldest) return undefined;
      this.#hours.delete(oldest);
    }
    const fresh: Hour = { sketch: new DistinctSketch(), marks: [] };
    this.#hours.set(hour, fresh);
    return fresh;
  }
}
