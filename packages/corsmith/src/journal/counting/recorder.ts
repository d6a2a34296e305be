import { randomBytes } from "node:crypto";
import type { Reason } from "@corsmith/cors";
import { type DecisionRecord, isUndecided, Outbox, type OutboxOptions } from "@corsmith/cors/observe";
import type { JournalMoment } from "../schema/status.ts";
import type { EngineFamily } from "../schema/words.ts";
import { addNumbers, countDecision } from "./counts.ts";
import {
  type Delta,
  type DrawnSample,
  decisionsIn,
  hourMs,
  noOrigin,
  type OriginNews,
  type RollupRow,
} from "./delta.ts";
import { engineFamily } from "./engine-family.ts";
import { LiveMoment } from "./live-moment.ts";
import { addNews, newSlot, noteDecision, type OriginSlot, OriginSlots } from "./origin-slots.ts";
import { RollupKeys, type RowFacts } from "./rollup-key.ts";
import { makeSample, pageMethod, routeOf, SampleDraw } from "./sample.ts";
import { DistinctMarks, distinctMark } from "./sketches.ts";

/** Where decisions are recorded: the log, the meter and the journal are such places. */
export interface DecisionRecorder {
  /** Takes a decision whose answer is over. Synchronous and cheap, in memory of bounded size; never throws, never waits. */
  record(record: DecisionRecord): void;
}

/** Bounds of what waits to be written. */
export interface RecorderOptions {
  /** Origins that are known by name. */
  readonly maxOrigins?: number;
  /** Rows from which on new ones are counted under `(others)`. At twice as many, what would need a further row is lost. */
  readonly maxRows?: number;
  /** Samples; further ones are lost. */
  readonly maxSamples?: number;
  /** Called with the first error of counting: a mistake of ours, which stops no request. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Rows that are handed over at once: to hand more over takes time in which no request is served. */
const maxRowsAtOnce = 1_000;

/**
 * Counts decisions in memory until they are taken. What waits is of bounded size, whatever comes and however long it is not taken: first
 * the rare is joined to `(others)`, then it is lost, and counted as lost.
 */
export class Recorder {
  readonly #maxRows: number;
  readonly #maxSamples: number;
  readonly #slots: OriginSlots;
  readonly #none: OriginSlot = newSlot(noOrigin);
  readonly #keys = new RollupKeys();
  readonly #draw = new SampleDraw();
  readonly #live = new LiveMoment();
  readonly #writer = randomBytes(3).toString("hex");
  readonly #touched = new Set<OriginSlot>();
  readonly #distinct = new DistinctMarks();
  #onError: RecorderOptions["onError"];
  #rows = 0;
  #decisions = 0;
  #samples: DrawnSample[] = [];
  #lost = { decisions: 0, samples: 0 };
  #lostEver = { decisions: 0, samples: 0 };
  #agedHour = Math.floor(Date.now() / hourMs);
  #serial = 0;
  #gateway: string | undefined;

  constructor({ maxOrigins = 4_096, maxRows = 8_192, maxSamples = 1_000, onError }: RecorderOptions = {}) {
    this.#maxRows = maxRows;
    this.#maxSamples = maxSamples;
    this.#onError = onError;
    this.#slots = new OriginSlots(maxOrigins);
  }

  get waiting(): number {
    return this.#decisions;
  }

  /** Does more wait than one {@link take} hands over? */
  get isFull(): boolean {
    return this.#rows >= maxRowsAtOnce;
  }

  get lost(): JournalMoment["lost"] {
    return { ...this.#lostEver };
  }

  /** Names the gateway that decides: it stands in each sample. */
  setName(name: string): void {
    this.#gateway = name;
  }

  record(record: DecisionRecord): void {
    let isCounted = false;
    try {
      const engine = engineFamily(record.userAgent);
      const slot = this.#count(record, engine);
      isCounted = true;
      this.#sample(record, slot, engine);
    } catch (error) {
      // A mistake of ours: the request that it is about was served, and those after it must be.
      this.countLost(isCounted ? 0 : 1, isCounted ? 1 : 0);
      this.#onError?.(error);
      this.#onError = undefined;
    }
  }

  /** Takes in what another recorder has counted. */
  merge({ rows, origins, samples, distinct, lost }: Delta): void {
    for (const row of rows) {
      const { decisions } = row.counts;
      const target = this.#rowFor(this.#slotOf(row.origin, row.reason, row.start, decisions, false), row);
      if (target === undefined) this.countLost(decisions, 0);
      else {
        this.#decisions += decisions;
        addNumbers(target.counts, row.counts);
      }
      addNumbers(this.#live.countsOf(row.reason), row.counts);
    }
    for (const news of origins) {
      const slot = this.#slots.take(news.origin, 0);
      if (slot !== this.#slots.others && slot.rows.size > 0) addNews(slot, news);
    }
    for (const { hour, marks } of distinct) for (const mark of marks) this.#distinct.add(hour, mark);
    for (const drawn of samples) this.#keep(drawn);
    this.countLost(lost.decisions, lost.samples);
  }

  countLost(decisions: number, samples: number): void {
    this.#lost.decisions += decisions;
    this.#lost.samples += samples;
    this.#lostEver.decisions += decisions;
    this.#lostEver.samples += samples;
  }

  /** What was counted since the last time, or a part of it; `undefined` if nothing was. */
  take(): Delta | undefined {
    const distinct = this.#distinct.take();
    const lost = this.#lost;
    if (this.#rows + this.#samples.length + distinct.length + lost.decisions + lost.samples === 0) return undefined;
    const rows: RollupRow[] = [];
    const origins: OriginNews[] = [];
    for (const slot of this.#touched) {
      if (rows.length >= maxRowsAtOnce) break;
      this.#touched.delete(slot);
      for (const row of slot.rows.values()) rows.push(row);
      slot.rows.clear();
      if (slot.news !== undefined) origins.push(slot.news);
      slot.news = undefined;
    }
    const delta: Delta = { rows, origins, samples: this.#samples, distinct, lost };
    this.#samples = [];
    this.#lost = { decisions: 0, samples: 0 };
    this.#rows -= rows.length;
    this.#decisions -= decisionsIn(delta);
    this.#slots.emptied();
    const hour = Math.floor(Date.now() / hourMs);
    if (hour !== this.#agedHour) this.#slots.age();
    this.#agedHour = hour;
    return delta;
  }

  /** What happened since the last moment, for the live view. */
  moment(): JournalMoment | undefined {
    return this.#live.take(this.lost);
  }

  #count(record: DecisionRecord, engine: EngineFamily): OriginSlot {
    const { time: start, kind, reason, origin } = record;
    const slot = this.#slotOf(origin, reason, start, 1, true);
    const target = this.#rowFor(slot, { start, route: routeOf(record), method: pageMethod(record), kind, reason });
    countDecision(this.#live.countsOf(reason), record);
    if (target === undefined) this.countLost(1, 0);
    else {
      this.#decisions += 1;
      countDecision(target.counts, record);
      const isNamed = slot !== this.#slots.others && slot !== this.#none;
      if (isNamed && target.origin === slot.name) noteDecision(slot, record, engine);
    }
    return slot;
  }

  #sample(record: DecisionRecord, slot: OriginSlot, engine: EngineFamily): void {
    const drawn = this.#draw.draw(record, slot !== this.#slots.others);
    if (drawn !== undefined) this.#keep({ ...drawn, sample: makeSample(this.#nextId(record.time), record, engine) });
  }

  #slotOf(origin: string | undefined, reason: Reason, start: number, weight: number, marks: boolean): OriginSlot {
    // The API's own pages are no news; and where there is no policy, they are not told from others.
    if (origin === undefined || origin === noOrigin || isUndecided(reason)) return this.#none;
    const slot = this.#slots.take(origin, weight);
    const hour = start - (start % hourMs);
    if (marks && (slot.countedHour !== hour || slot === this.#slots.others)) {
      slot.countedHour = hour;
      this.#distinct.add(hour, distinctMark(origin));
    }
    return slot;
  }

  /** The row of a decision; where there are too many already, one of the others'. `undefined`: there is no room for that one either. */
  #rowFor(slot: OriginSlot, facts: RowFacts): RollupRow | undefined {
    const key = this.#keys.keyOf(facts, true);
    const known = slot.rows.get(key);
    if (known !== undefined) return known;
    if (this.#rows < this.#maxRows) return this.#newRow(slot, key, facts, true);
    const { others } = this.#slots;
    const roughKey = this.#keys.keyOf(facts, false);
    const rough = others.rows.get(roughKey);
    if (rough !== undefined || this.#rows >= 2 * this.#maxRows) return rough;
    return this.#newRow(others, roughKey, facts, false);
  }

  #newRow(slot: OriginSlot, key: number, facts: RowFacts, detailed: boolean): RollupRow {
    const row = this.#keys.rowOf(facts, slot.name, detailed);
    slot.rows.set(key, row);
    this.#touched.add(slot);
    this.#rows += 1;
    return row;
  }

  #keep(drawn: DrawnSample): void {
    const sample = this.#gateway === undefined ? drawn.sample : { ...drawn.sample, gateway: this.#gateway };
    this.#live.addSample(sample);
    if (this.#samples.length < this.#maxSamples) this.#samples.push({ ...drawn, sample });
    else this.countLost(0, 1);
  }

  /** Time first, so that ids sort by it. */
  #nextId(time: number): string {
    this.#serial = (this.#serial + 1) % 36 ** 4;
    return `${Math.floor(time).toString(36).padStart(9, "0")}${this.#serial.toString(36).padStart(4, "0")}${this.#writer}`;
  }
}

/** How often a recorder is emptied, in milliseconds: as much is lost at most when the program is killed. */
export const deliveryIntervalMs = 500;

export function recorderOutbox(
  recorder: Recorder,
  delivery: Pick<OutboxOptions<Delta>, "deliver" | "onFailing" | "onRecovered">,
): Outbox<Delta> {
  return new Outbox({
    ...delivery,
    waiting: () => recorder.waiting,
    isFull: () => recorder.isFull,
    take: () => recorder.take(),
    sizeOf: decisionsIn,
    minPauseMs: deliveryIntervalMs,
    maxPauseMs: 5_000,
    onLost: (decisions) => recorder.countLost(decisions, 0),
  });
}
