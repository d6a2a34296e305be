import { minuteMs } from "./delta.ts";

/** How many decisions of a pool are kept of a minute. */
export interface PoolSize {
  readonly refused: number;
  readonly failed: number;
  readonly allowed: number;
}

/** Refusals first: they are what people ask about. */
export const poolSize: PoolSize = { refused: 30, failed: 20, allowed: 20 };

/**
 * Draws a fair sample of each pool of decisions, minute by minute, while they come: each decision draws a number, and the lowest ones stay.
 * Those that are pushed out again later are written all the same, and go when the database is tidied.
 */
export class SampleDraw {
  #minute = 0;
  readonly #kept = new Map<string, { readonly ranks: number[]; highest: number }>();

  /** The rank of a decision that gets into the sample; `undefined` for one that does not. */
  draw(time: number, pool: string, size: number): number | undefined {
    const minute = Math.floor(time / minuteMs);
    if (minute > this.#minute) {
      this.#minute = minute;
      this.#kept.clear();
    }
    const rank = Math.random();
    const kept = this.#kept.get(pool);
    if (kept === undefined) {
      this.#kept.set(pool, { ranks: [rank], highest: rank });
      return rank;
    }
    if (kept.ranks.length < size) {
      kept.ranks.push(rank);
      kept.highest = Math.max(kept.highest, rank);
      return rank;
    }
    if (rank >= kept.highest) return undefined;
    kept.ranks[kept.ranks.indexOf(kept.highest)] = rank;
    kept.highest = Math.max(...kept.ranks);
    return rank;
  }
}
