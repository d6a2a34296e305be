import type { Reason } from "@corsmith/cors";
import type { Sample } from "../schema/decisions.ts";
import type { JournalMoment } from "../schema/status.ts";
import { addCounts, type CountsSum, newCounts } from "./counts.ts";
import { isRefusal, reasons } from "./delta.ts";

/** Samples that a moment shows at most. */
export const maxMomentSamples = 50;

/** Gathers what happened between two moments. */
export class LiveMoment {
  readonly #counts = new Map<Reason, CountsSum>(reasons.map((reason) => [reason, newCounts()]));
  #blocked: Sample[] = [];
  #passed: Sample[] = [];
  #since = Date.now();

  /** The counts of a reason, to be added to. */
  countsOf(reason: Reason): CountsSum {
    return this.#counts.get(reason) ?? newCounts();
  }

  /** The newest ones stay. */
  addSample(sample: Sample): void {
    const list = sample.blocked ? this.#blocked : this.#passed;
    list.push(sample);
    if (list.length > maxMomentSamples) list.shift();
  }

  /** What happened since the last time it was taken; `undefined` if nothing did. */
  take(lost: JournalMoment["lost"]): JournalMoment | undefined {
    const time = Date.now();
    const since = this.#since;
    this.#since = time;
    const byReason: Partial<Record<Reason, number>> = {};
    const total = newCounts();
    const sums = { allowed: 0, refused: 0 };
    for (const [reason, counts] of this.#counts) {
      const { decisions } = counts;
      if (decisions === 0) continue;
      byReason[reason] = decisions;
      if (reason === "allowed") sums.allowed += decisions;
      else if (isRefusal(reason)) sums.refused += decisions;
      addCounts(total, counts);
      Object.assign(counts, newCounts());
    }
    if (total.decisions === 0) return undefined;
    const samples = [...this.#blocked, ...this.#passed.slice(0, maxMomentSamples - this.#blocked.length)];
    this.#blocked = [];
    this.#passed = [];
    return { time, milliseconds: time - since, ...sums, counts: total, byReason, samples, lost };
  }
}
