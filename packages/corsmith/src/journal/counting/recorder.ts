import { randomBytes } from "node:crypto";
import type { DecisionRecorder, JournalMoment } from "../journal.ts";
import { noOrigin } from "../journal-queries.ts";
import { countDecision } from "./counts.ts";
import type { DecisionDetails, DecisionFacts, EngineFamily } from "./decision-facts.ts";
import {
  type Delta,
  type DrawnSample,
  decisionsIn,
  hourMs,
  isRefusal,
  type OriginNews,
  type RollupRow,
} from "./delta.ts";
import { EngineFamilies, engineFamilies } from "./engine-family.ts";
import { addCounts, LiveMoment } from "./live-moment.ts";
import { newSlot, type OriginSlot, OriginSlots } from "./origin-slots.ts";
import { RollupKeys, type RowFacts } from "./rollup-key.ts";
import { makeSample, poolOf, SampleDraw } from "./sample.ts";
import { DistinctMarks, distinctMark } from "./sketches.ts";

/** Bounds of what waits to be written. */
export interface RecorderLimits {
  /** Origins that are known by name. */
  readonly maxOrigins: number;
  /** Rows from which on new ones are counted under `(others)`. At twice as many, what would need a further row is lost. */
  readonly maxRows: number;
  /** Samples; further ones are lost. */
  readonly maxSamples: number;
}

const defaultRecorderLimits: RecorderLimits = { maxOrigins: 4_096, maxRows: 8_192, maxSamples: 1_000 };

/** Rows that are handed over at once. */
const mostRowsAtOnce = 1_000;

/**
 * Counts decisions in memory until they are taken. What waits is of bounded size, whatever comes and however long nobody takes it: first
 * the rare is joined to `(others)`, then it is lost, and counted as lost.
 */
export class Recorder implements DecisionRecorder {
  readonly #limits: RecorderLimits;
  readonly #slots: OriginSlots;
  readonly #none: OriginSlot = newSlot(noOrigin);
  readonly #keys = new RollupKeys();
  readonly #families = new EngineFamilies();
  readonly #draw = new SampleDraw();
  readonly #live = new LiveMoment();
  readonly #writer = randomBytes(3).toString("hex");
  readonly #touched = new Set<OriginSlot>();
  #rows = 0;
  #decisions = 0;
  #samples: DrawnSample[] = [];
  readonly #distinct = new DistinctMarks();
  #lost = { decisions: 0, samples: 0 };
  #lostEver = { decisions: 0, samples: 0 };
  #agedHour = Math.floor(Date.now() / hourMs);
  #serial = 0;
  #gateway: string | undefined;
  #left = false;

  constructor(limits: Partial<RecorderLimits> = {}) {
    this.#limits = { ...defaultRecorderLimits, ...limits };
    this.#slots = new OriginSlots(this.#limits.maxOrigins);
  }

  /** Decisions that wait to be taken. */
  get waiting(): number {
    return this.#decisions;
  }

  /** Names the gateway that decides: it stands in each sample. */
  introduce(name: string): void {
    this.#gateway = name;
  }

  /** What was lost since the start. */
  get lost(): JournalMoment["lost"] {
    return { ...this.#lostEver };
  }

  record(facts: DecisionFacts, details: () => DecisionDetails): void {
    let counted = false;
    try {
      const engine = this.#families.of(facts.userAgent);
      const slot = this.#countOne(facts, engine);
      counted = true;
      this.#drawOne(facts, slot, engine, details);
    } catch {
      // A mistake of ours: the request that it is about was served, and those after it must be.
      this.lose(counted ? 0 : 1, counted ? 1 : 0);
    }
  }

  /** Takes in what another recorder has counted. */
  absorb({ rows, origins, samples, distinct, lost }: Delta): void {
    for (const row of rows) {
      const facts = { ...row, time: row.start };
      const decisions = row.counts[0] ?? 0;
      const target = this.#rowFor(this.#slotOf(facts, decisions, false), facts);
      if (target === undefined) this.lose(decisions, 0);
      else {
        this.#decisions += decisions;
        addCounts(target.counts, row.counts);
      }
      addCounts(this.#live.countsOf(row.reason), row.counts);
    }
    for (const news of origins) this.#join(news);
    for (const { hour, marks } of distinct) for (const mark of marks) this.#distinct.add(hour, mark);
    for (const drawn of samples) this.#keep(drawn);
    this.lose(lost.decisions, lost.samples);
  }

  /** Counts what was lost on the way. */
  lose(decisions: number, samples: number): void {
    this.#lost.decisions += decisions;
    this.#lost.samples += samples;
    this.#lostEver.decisions += decisions;
    this.#lostEver.samples += samples;
  }

  /** Was it too much for the last {@link take}? What was counted since then does not matter here. */
  get left(): boolean {
    return this.#left;
  }

  /**
   * What was counted since the last time; `undefined` if nothing was. Of very much, only a part: to hand it over takes time in which no request
   * is served.
   */
  take(): Delta | undefined {
    const distinct = this.#distinct.take();
    const lost = this.#lost;
    const nothing = this.#rows + this.#samples.length + distinct.length + lost.decisions + lost.samples === 0;
    this.#left = false;
    if (nothing) return undefined;
    const rows: RollupRow[] = [];
    const origins: OriginNews[] = [];
    for (const slot of this.#touched) {
      if (rows.length >= mostRowsAtOnce) break;
      this.#touched.delete(slot);
      emptySlot(slot, rows, origins);
    }
    this.#left = this.#touched.size > 0;
    const delta: Delta = { rows, origins, samples: this.#samples, distinct, lost };
    this.#samples = [];
    this.#lost = { decisions: 0, samples: 0 };
    this.#rows -= rows.length;
    this.#decisions -= decisionsIn(rows);
    this.#slots.emptied();
    this.#age();
    return delta;
  }

  /** What happened since the last moment, for those who watch. */
  moment(): JournalMoment | undefined {
    return this.#live.take(this.lost);
  }

  #countOne(facts: DecisionFacts, engine: EngineFamily): OriginSlot {
    const slot = this.#slotOf(facts, 1);
    const target = this.#rowFor(slot, facts);
    if (target === undefined) this.lose(1, 0);
    else {
      this.#decisions += 1;
      countDecision(target.counts, facts);
      if (target.origin === slot.name) this.#note(slot, facts, engineFamilies.indexOf(engine));
    }
    countDecision(this.#live.countsOf(facts.reason), facts);
    return slot;
  }

  #drawOne(facts: DecisionFacts, slot: OriginSlot, engine: EngineFamily, details: () => DecisionDetails): void {
    const pool = poolOf(facts, slot === this.#slots.others);
    const rank = pool === undefined ? undefined : this.#draw.draw(facts.time, pool.name, pool.size);
    if (pool === undefined || rank === undefined) return;
    this.#keep({ sample: makeSample(this.#nextId(facts.time), facts, details(), engine), pool: pool.name, rank });
  }

  #slotOf(
    {
      reason,
      origin,
      time,
    }: { readonly reason: RowFacts["reason"]; readonly origin: string | undefined; readonly time: number },
    weight: number,
    mark = true,
  ): OriginSlot {
    // The API's own pages are no strangers, and no news.
    if (origin === undefined || origin === noOrigin || reason === "not-cross-origin") return this.#none;
    const slot = this.#slots.take(origin, weight);
    const hour = time - (time % hourMs);
    if (mark && (slot.countedHour !== hour || slot === this.#slots.others)) {
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
    return this.#rows < this.#limits.maxRows ? this.#newRow(slot, key, facts, true) : this.#roughRow(facts);
  }

  #roughRow(facts: RowFacts): RollupRow | undefined {
    const { others } = this.#slots;
    const key = this.#keys.keyOf(facts, false);
    const known = others.rows.get(key);
    if (known !== undefined || this.#rows >= 2 * this.#limits.maxRows) return known;
    return this.#newRow(others, key, facts, false);
  }

  #newRow(slot: OriginSlot, key: number, facts: RowFacts, detailed: boolean): RollupRow {
    const row = this.#keys.rowOf(facts, slot.name, detailed);
    slot.rows.set(key, row);
    this.#touched.add(slot);
    this.#rows += 1;
    return row;
  }

  #note(slot: OriginSlot, { time, reason }: RowFacts, family: number): void {
    if (slot === this.#slots.others || slot === this.#none) return;
    slot.firstSeen = Math.min(slot.firstSeen, time);
    slot.lastSeen = Math.max(slot.lastSeen, time);
    slot.engines[family] = (slot.engines[family] ?? 0) + 1;
    if (isRefusal(reason)) slot.enginesRefused[family] = (slot.enginesRefused[family] ?? 0) + 1;
  }

  #join(news: OriginNews): void {
    const slot = this.#slots.take(news.origin, 0);
    if (slot === this.#slots.others || slot.rows.size === 0) return;
    slot.firstSeen = Math.min(slot.firstSeen, news.firstSeen);
    slot.lastSeen = Math.max(slot.lastSeen, news.lastSeen);
    addCounts(slot.engines, news.engines);
    addCounts(slot.enginesRefused, news.enginesRefused);
  }

  #keep(drawn: DrawnSample): void {
    const sample = this.#gateway === undefined ? drawn.sample : { ...drawn.sample, gateway: this.#gateway };
    this.#live.addSample(sample);
    if (this.#samples.length < this.#limits.maxSamples) this.#samples.push({ ...drawn, sample });
    else this.lose(0, 1);
  }

  #age(): void {
    const hour = Math.floor(Date.now() / hourMs);
    if (hour === this.#agedHour) return;
    this.#agedHour = hour;
    this.#slots.age();
  }

  /** Time first, so that ids sort by it. */
  #nextId(time: number): string {
    this.#serial = (this.#serial + 1) % 36 ** 4;
    return `${Math.floor(time).toString(36).padStart(9, "0")}${this.#serial.toString(36).padStart(4, "0")}${this.#writer}`;
  }
}

function emptySlot(slot: OriginSlot, rows: RollupRow[], origins: OriginNews[]): void {
  for (const row of slot.rows.values()) rows.push(row);
  slot.rows.clear();
  if (slot.lastSeen === 0) return;
  const { name, firstSeen, lastSeen, engines, enginesRefused } = slot;
  origins.push({ origin: name, firstSeen, lastSeen, engines: [...engines], enginesRefused: [...enginesRefused] });
  slot.firstSeen = Number.POSITIVE_INFINITY;
  slot.lastSeen = 0;
  engines.fill(0);
  enginesRefused.fill(0);
}
