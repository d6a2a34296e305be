import { type DecisionFacts, reasons } from "./decision-facts.ts";
import { isRefusal, minuteMs } from "./delta.ts";

/** How many decisions of a pool are kept of a minute. */
export interface PoolSize {
  readonly refused: number;
  readonly failed: number;
  readonly allowed: number;
}

/** Refusals first: they are what people ask about. */
export const poolSize: PoolSize = { refused: 30, failed: 20, allowed: 20 };

/** Decisions among which a sample is drawn. */
export interface Pool {
  readonly name: string;
  readonly size: number;
}

/**
 * The pool of a decision; `undefined` for what is none of CORS's business. Named origins and the others are drawn apart, or a flood would
 * crowd the regular visitors out; and of what was allowed, errors apart.
 */
export function poolOf({ reason, status = 0, answeredAtOnce }: DecisionFacts, unnamed: boolean): Pool | undefined {
  if (reason === "not-cross-origin") return undefined;
  const failed = reason === "allowed" && status >= 400 && !answeredAtOnce;
  return (unnamed ? ofOthers : ofNamed).get(failed ? "failed" : reason);
}

const refused: ReadonlySet<string> = new Set(reasons.filter(isRefusal));
const pools = (mark: string): ReadonlyMap<string, Pool> =>
  new Map(
    [...refused, "allowed", "failed"].map((name) => [
      name,
      { name: name + mark, size: name === "allowed" || name === "failed" ? poolSize[name] : poolSize.refused },
    ]),
  );
const ofNamed = pools("");
const ofOthers = pools("?");

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
