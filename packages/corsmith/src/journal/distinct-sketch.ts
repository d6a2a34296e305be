import { hashText } from "./text-hash.ts";

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
 * drive an estimate up, so whoever shows one bounds it by the number of requests.
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

  /** Takes another sketch in. */
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
    // Few texts leave registers empty, and these tell more.
    const few = raw <= 2.5 * registerCount && empty > 0;
    return Math.round(few ? registerCount * Math.log(registerCount / empty) : raw);
  }

  toText(): string {
    return Buffer.from(this.#registers).toString("base64");
  }
}

const bias = 0.7213 / (1 + 1.079 / registerCount);
