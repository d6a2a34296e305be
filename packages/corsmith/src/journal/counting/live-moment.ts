import type { Reason } from "@corsmith/cors";
import type { JournalMoment } from "../journal.ts";
import { type Counts, countNames } from "./counts.ts";
import { reasons } from "./decision-facts.ts";
import { isRefusal } from "./delta.ts";
import type { Sample } from "./sample.ts";

/** Samples that a moment shows at most. */
export const mostSamples = 50;

/** Gathers what happened between two moments. */
export class LiveMoment {
  readonly #counts = new Map<Reason, number[]>(reasons.map((reason) => [reason, countNames.map(() => 0)]));
  #blocked: Sample[] = [];
  #passed: Sample[] = [];
  #since = Date.now();

  /** The counts of a reason, to be added to. */
  countsOf(reason: Reason): number[] {
    return this.#counts.get(reason) ?? [];
  }

  /** The newest ones stay. */
  addSample(sample: Sample): void {
    const list = sample.blocked ? this.#blocked : this.#passed;
    list.push(sample);
    if (list.length > mostSamples) list.shift();
  }

  /** What happened since the last time it was taken; `undefined` if nothing did. */
  take(lost: JournalMoment["lost"]): JournalMoment | undefined {
    const time = Date.now();
    const since = this.#since;
    this.#since = time;
    const byReason: Partial<Record<Reason, number>> = {};
    const total = countNames.map(() => 0);
    const sums = { allowed: 0, refused: 0 };
    for (const [reason, counts] of this.#counts) {
      const decisions = counts[0] ?? 0;
      if (decisions === 0) continue;
      byReason[reason] = decisions;
      if (reason === "allowed") sums.allowed += decisions;
      else if (isRefusal(reason)) sums.refused += decisions;
      addCounts(total, counts);
      counts.fill(0);
    }
    if (total[0] === 0) return undefined;
    const samples = [...this.#blocked, ...this.#passed.slice(0, mostSamples - this.#blocked.length)];
    this.#blocked = [];
    this.#passed = [];
    return { time, milliseconds: time - since, ...sums, counts: toCounts(total), byReason, samples, lost };
  }
}

/** Adds the second counts to the first. */
export function addCounts(sums: number[], counts: readonly number[]): void {
  for (let place = 0; place < sums.length; place += 1) sums[place] = (sums[place] ?? 0) + (counts[place] ?? 0);
}

/** Counts by name. */
function toCounts(counts: readonly number[]): Counts {
  return Object.fromEntries(countNames.map((name, place) => [name, counts[place] ?? 0])) as unknown as Counts;
}
