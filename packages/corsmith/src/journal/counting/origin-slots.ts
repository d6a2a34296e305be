import { type DecisionRecord, isRefusal, printable } from "@corsmith/cors/observe";
import type { EngineFamily } from "../schema/words.ts";
import { addNumbers } from "./counts.ts";
import { type OriginNews, otherOrigins, type RollupRow } from "./delta.ts";
import { newEngineCounts } from "./engine-family.ts";
import { FrequencySketch, hashText } from "./sketches.ts";

/** An origin that is known by name, with what was counted of it since the last time it was taken. */
export interface OriginSlot {
  readonly name: string;
  /** How busy it is; the least busy gives way. */
  score: number;
  /** By a number that stands for minute, route, method, kind and reason. */
  readonly rows: Map<number, RollupRow>;
  news: SlotNews | undefined;
  /** The hour for which it was last counted among the distinct ones. */
  countedHour: number;
}

type SlotNews = { -readonly [Key in keyof OriginNews]: OriginNews[Key] };

/** The longest origin that is known by name. What a browser sends is shorter. */
const maxName = 330;
const sketchBits = 17;
/** How many of the least busy are looked up at once. */
const maxWeakest = 256;

/**
 * Which origins are known by name: the busiest ones, in a table of fixed size. A client can make up any number of origins, so a new one gets
 * in only if a sketch says that it is busier than the least busy one, by more than the sketch may err. A flood of origins that come once
 * fills the table while it is empty, and moves nothing afterwards.
 */
export class OriginSlots {
  readonly #maxSlots: number;
  readonly #slots = new Map<string, OriginSlot>();
  readonly #sketch = new FrequencySketch(sketchBits);
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  /** Takes all that have no name. */
  readonly others: OriginSlot = newSlot(otherOrigins);
  #weakest: OriginSlot[] = [];
  #floor = 0;
  #allBusy = false;

  constructor(maxSlots: number) {
    this.#maxSlots = maxSlots;
  }

  /** The slot of an origin. @param weight how many times more it was seen */
  take(origin: string, weight: number): OriginSlot {
    const known = this.#slots.get(origin) ?? this.#slotOf(origin, weight);
    known.score += weight;
    return known;
  }

  /** To be called when all slots were emptied: before, none of them gives way. */
  emptied(): void {
    this.#allBusy = false;
    this.#weakest = [];
  }

  /** Lets the past count half, so that an origin that has gone does not hold its place for ever. */
  age(): void {
    this.#sketch.halve();
    for (const slot of this.#slots.values()) slot.score /= 2;
    this.#floor /= 2;
    this.#weakest = [];
  }

  #slotOf(origin: string, weight: number): OriginSlot {
    const name = origin.length > maxName ? otherOrigins : printable(origin, maxName);
    if (name === otherOrigins) return this.others;
    const known = name === origin ? undefined : this.#slots.get(name);
    if (known !== undefined) return known;
    if (this.#slots.size < this.#maxSlots) return this.#add(name, 0);
    const estimate = this.#sketch.add(hashText(name, this.#seed), weight) - this.#sketch.noise;
    if (estimate <= this.#floor + 1 || !this.#makeRoom(estimate)) return this.others;
    return this.#add(name, estimate - weight);
  }

  #add(name: string, score: number): OriginSlot {
    const slot = newSlot(name, score);
    this.#slots.set(name, slot);
    return slot;
  }

  #makeRoom(estimate: number): boolean {
    if (this.#allBusy) return false;
    if (this.#weakest.length === 0) this.#findWeakest();
    for (let slot = this.#weakest.pop(); slot !== undefined; slot = this.#weakest.pop()) {
      if (slot.rows.size > 0) continue;
      if (slot.score + 1 >= estimate) {
        this.#weakest.push(slot);
        return false;
      }
      return this.#slots.delete(slot.name);
    }
    return false;
  }

  /** The least busy ones, the least of them last. A slot that holds counts is not among them. */
  #findWeakest(): void {
    const idle = [...this.#slots.values()].filter(({ rows }) => rows.size === 0);
    idle.sort((a, b) => a.score - b.score);
    this.#weakest = idle.slice(0, maxWeakest).reverse();
    this.#allBusy = idle.length === 0;
    this.#floor = idle[0]?.score ?? this.#floor;
  }
}

export function newSlot(name: string, score = 0): OriginSlot {
  return { name, score, rows: new Map(), news: undefined, countedHour: 0 };
}

export function noteDecision(slot: OriginSlot, { time, reason }: DecisionRecord, engine: EngineFamily): void {
  const news = newsOf(slot, time, time);
  news.engines[engine] += 1;
  if (isRefusal(reason)) news.enginesRefused[engine] += 1;
}

export function addNews(slot: OriginSlot, { firstSeen, lastSeen, engines, enginesRefused }: OriginNews): void {
  const news = newsOf(slot, firstSeen, lastSeen);
  addNumbers(news.engines, engines);
  addNumbers(news.enginesRefused, enginesRefused);
}

function newsOf(slot: OriginSlot, firstSeen: number, lastSeen: number): SlotNews {
  const { name: origin, news } = slot;
  if (news === undefined) {
    slot.news = { origin, firstSeen, lastSeen, engines: newEngineCounts(), enginesRefused: newEngineCounts() };
    return slot.news;
  }
  news.firstSeen = Math.min(news.firstSeen, firstSeen);
  news.lastSeen = Math.max(news.lastSeen, lastSeen);
  return news;
}
