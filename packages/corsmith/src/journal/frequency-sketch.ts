import type { TextHash } from "./text-hash.ts";

const rows = 4;

/**
 * How often each of any number of texts was seen, in memory of a fixed size: never less than it was, and seldom much more. A count-min
 * sketch with conservative update.
 *
 * @see https://dsf.berkeley.edu/cs286/papers/countmin-latin2004.pdf
 */
export class FrequencySketch {
  readonly #mask: number;
  readonly #width: number;
  readonly #cells: Uint32Array;
  #added = 0;

  /** @param bits 2 to the power of this is the width of a row */
  constructor(bits: number) {
    this.#width = 2 ** bits;
    this.#mask = this.#width - 1;
    this.#cells = new Uint32Array(rows * this.#width);
  }

  /** By how much an estimate may be too high on average. */
  get noise(): number {
    return this.#added / this.#width;
  }

  /** Counts a text and tells how often it was seen, at most. */
  add({ low, high }: TextHash, weight: number): number {
    this.#added += weight;
    let least = Number.POSITIVE_INFINITY;
    for (let row = 0; row < rows; row += 1) least = Math.min(least, this.#cells[this.#place(row, low, high)] ?? 0);
    const estimate = Math.min(least + weight, 0xffff_ffff);
    for (let row = 0; row < rows; row += 1) {
      const place = this.#place(row, low, high);
      if ((this.#cells[place] ?? 0) < estimate) this.#cells[place] = estimate;
    }
    return estimate;
  }

  /** Forgets half of everything, so that what was frequent long ago does not count for ever. */
  halve(): void {
    this.#added /= 2;
    for (let place = 0; place < this.#cells.length; place += 1) this.#cells[place] = (this.#cells[place] ?? 0) >>> 1;
  }

  /** Two halves of a hash serve for any number of rows. */
  #place(row: number, low: number, high: number): number {
    return row * this.#width + ((low + Math.imul(row, high | 1)) & this.#mask);
  }
}
