import type { Reason } from "@corsmith/cors";
import type { Sample } from "../schema/decisions.ts";
import type { JournalMoment } from "../schema/status.ts";
import { reasons } from "../schema/words.ts";
import { type CountsSum, newCounts } from "./counts.ts";
import { breakdownOf } from "./delta.ts";

export const maxMomentSamples = 50;

export class LiveMoment {
  readonly #counts = new Map<Reason, CountsSum>(reasons.map((reason) => [reason, newCounts()]));
  #blocked: Sample[] = [];
  #passed: Sample[] = [];
  #since = Date.now();

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
    const happened = breakdownOf(this.#counts);
    if (happened.counts.decisions === 0) return undefined;
    for (const counts of this.#counts.values()) Object.assign(counts, newCounts());
    const samples = [...this.#blocked, ...this.#passed.slice(0, maxMomentSamples - this.#blocked.length)];
    this.#blocked = [];
    this.#passed = [];
    return { time, milliseconds: time - since, ...happened, samples, lost };
  }
}

export interface MomentListener {
  receive(moment: JournalMoment): void;
}

/** One that throws must not stop the journal, nor hide it from the others. */
export function showMoment(moment: JournalMoment | undefined, listeners: Iterable<MomentListener>): void {
  if (moment === undefined) return;
  for (const listener of listeners) {
    try {
      listener.receive(moment);
    } catch {}
  }
}
