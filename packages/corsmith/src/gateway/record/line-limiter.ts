/** How many lines of one kind may be written. */
export interface LineRate {
  /** At once. */
  readonly burst: number;
  /** After that, one each interval, in milliseconds. */
  readonly intervalMs: number;
  /** Kinds that are distinguished; all further ones share one allowance. */
  readonly kinds: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
  suppressed: number;
}

/** What stands for the kinds beyond {@link LineRate.kinds}. No origin reads like this. */
export const otherKinds = "(others)";

/**
 * Holds a flood of log lines back: a token bucket for each kind, in a table that does not grow beyond its bound, so that making
 * kinds up gains nothing.
 */
export class LineLimiter {
  readonly #rate: LineRate;
  readonly #buckets: Map<string, Bucket> = new Map();

  constructor(rate: LineRate) {
    this.#rate = rate;
  }

  /** May a line of this kind be written now? Otherwise it is counted. */
  take(kind: string, now: number): boolean {
    const bucket = this.#bucketOf(kind, now);
    const earned = Math.floor((now - bucket.filledAt) / this.#rate.intervalMs);
    if (earned > 0) {
      bucket.tokens = Math.min(this.#rate.burst, bucket.tokens + earned);
      bucket.filledAt += earned * this.#rate.intervalMs;
    }
    if (bucket.tokens === 0) {
      bucket.suppressed += 1;
      return false;
    }
    bucket.tokens -= 1;
    return true;
  }

  /** What was held back since the last call. Forgets the kinds that have been silent long enough to have their whole burst again. */
  sweep(now: number) {
    const suppressed: { readonly kind: string; readonly count: number }[] = [];
    const recovered = this.#rate.burst * this.#rate.intervalMs;
    for (const [kind, bucket] of this.#buckets) {
      if (bucket.suppressed > 0) suppressed.push({ kind, count: bucket.suppressed });
      else if (now - bucket.filledAt > recovered) this.#buckets.delete(kind);
      bucket.suppressed = 0;
    }
    return suppressed;
  }

  #bucketOf(kind: string, now: number): Bucket {
    const isKnown = this.#buckets.has(kind) || this.#buckets.size < this.#rate.kinds;
    const name = isKnown ? kind : otherKinds;
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = { tokens: this.#rate.burst, filledAt: now, suppressed: 0 };
      this.#buckets.set(name, bucket);
    }
    return bucket;
  }
}
