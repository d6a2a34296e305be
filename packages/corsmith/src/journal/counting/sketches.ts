import type { Delta } from "./delta.ts";

/**
 * Hashes text to 64 bits in two halves, quickly and evenly. It is not cryptography: with a known seed, texts of equal hash can be made, so where that would
 * matter the seed is random.
 */
export function hashText(text: string, seed: number) {
  let low = 0x9e3779b9 ^ seed;
  let high = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x85ebca6b);
    high = Math.imul(high ^ code, 0xc2b2ae35);
    low = (low << 13) | (low >>> 19);
    high = (high << 17) | (high >>> 15);
  }
  low = finish(low ^ Math.imul(high, 0x27d4eb2f) ^ text.length);
  high = finish(high ^ Math.imul(low, 0x165667b1));
  return { low, high };
}

/** The finishing steps of MurmurHash3: every bit of the state reaches every bit of the result. */
function finish(state: number): number {
  let mixed = state;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

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

  /** Counts a text, and returns how often it was seen, at most. */
  add({ low, high }: ReturnType<typeof hashText>, weight: number): number {
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

const indexBits = 12;
/** Registers of a sketch: the standard error is 1.04 divided by the root of this, so 1.6 %. */
const registerCount: number = 2 ** indexBits;

/** One seed for all: sketches of several programs are joined. */
const seed = 0x5eed;

/**
 * Where a text falls in a sketch, as one number: the register and the rank.
 *
 * @see https://algo.inria.fr/flajolet/Publications/FlFuGaMe07.pdf
 */
export function distinctMark(text: string): number {
  const { low, high } = hashText(text, seed);
  return (low >>> (32 - indexBits)) * 64 + Math.clz32(high) + 1;
}

/**
 * How many different texts there were: HyperLogLog. Two sketches are joined by the larger register of each pair. Texts can be made up that
 * drive an estimate up, so where one is shown it is bounded by the number of requests.
 */
export class DistinctSketch {
  readonly #registers: Uint8Array;

  constructor(registers: Uint8Array = new Uint8Array(registerCount)) {
    this.#registers = registers;
  }

  /** Reads what {@link toText} wrote. Text that is something else counts as nothing. */
  static fromText(text: string): DistinctSketch {
    const bytes = Buffer.from(text, "base64");
    return new DistinctSketch(bytes.length === registerCount ? new Uint8Array(bytes) : undefined);
  }

  /** Takes a mark of {@link distinctMark} in. Returns whether it changed anything. */
  mark(mark: number): boolean {
    const register = Math.floor(mark / 64) % registerCount;
    const rank = mark % 64;
    if ((this.#registers[register] ?? 0) >= rank) return false;
    this.#registers[register] = rank;
    return true;
  }

  join(other: DistinctSketch): void {
    for (const [register, rank] of other.#registers.entries()) {
      if ((this.#registers[register] ?? 0) < rank) this.#registers[register] = rank;
    }
  }

  estimate(): number {
    let sum = 0;
    let empty = 0;
    for (const rank of this.#registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty += 1;
    }
    const raw = (bias * registerCount * registerCount) / sum;
    // Few texts leave registers empty, and these say more.
    const few = raw <= 2.5 * registerCount && empty > 0;
    return Math.round(few ? registerCount * Math.log(registerCount / empty) : raw);
  }

  toText(): string {
    return Buffer.from(this.#registers).toString("base64");
  }
}

const bias = 0.7213 / (1 + 1.079 / registerCount);

const maxHours = 4;

/** The marks of distinct origins, hour by hour, that are news: what an hour's sketch knows already is not handed over again. */
export class DistinctMarks {
  readonly #hours = new Map<number, { readonly sketch: DistinctSketch; marks: number[] }>();

  /** @param hour its beginning, in milliseconds since 1970 */
  add(hour: number, mark: number): void {
    const known = this.#hours.get(hour) ?? this.#newHour(hour);
    if (known?.sketch.mark(mark) === true) known.marks.push(mark);
  }

  take(): Delta["distinct"] {
    const taken: Delta["distinct"][number][] = [];
    for (const [hour, known] of this.#hours) {
      if (known.marks.length > 0) taken.push({ hour, marks: known.marks });
      known.marks = [];
    }
    return taken;
  }

  /** The oldest hour gives way. */
  #newHour(hour: number) {
    if (this.#hours.size >= maxHours) {
      const oldest = Math.min(...this.#hours.keys());
      if (hour < oldest) return undefined;
      this.#hours.delete(oldest);
    }
    const fresh = { sketch: new DistinctSketch(), marks: [] };
    this.#hours.set(hour, fresh);
    return fresh;
  }
}
