import { answerHeaders } from "@corsmith/cors";
import { type DecisionRecord, isRefusal, printable } from "@corsmith/cors/observe";
import type { Sample } from "../schema/decisions.ts";
import type { EngineFamily } from "../schema/words.ts";
import { reasons } from "../schema/words.ts";
import { isFailure, statusOf } from "./counts.ts";
import { type DrawnSample, minuteMs } from "./delta.ts";

const maxOrigin = 330;
const maxPath = 512;
const maxHost = 260;
const maxName = 64;
const maxValue = 1_024;
const maxNames = 64;
const maxList = 4_096;

/** Makes the sample of a decision: capped, and printable. */
export function makeSample(id: string, record: DecisionRecord, engine: EngineFamily): Sample {
  const { vary } = record.answer;
  const answer = [...answerHeaders(record.answer), ...(vary === undefined ? [] : [["Vary", vary] as const])];
  return {
    id,
    time: record.time,
    route: routeOf(record),
    kind: record.kind,
    reason: record.reason,
    blocked: isRefusal(record.reason),
    origin: optional(record.origin, maxOrigin),
    method: printable(pageMethod(record), maxName),
    requestMethod: printable(record.method, maxName),
    path: optional(record.path, maxPath),
    host: optional(record.host, maxHost),
    requestedHeaders: names((record.requestedHeaders ?? "").slice(0, maxList).split(",")),
    headerNames: names(record.headerNames ?? []),
    credentials: record.credentials === true,
    fetchMode: optional(record.fetchMode, maxName),
    fetchSite: optional(record.fetchSite, maxName),
    engine,
    refused: record.refused.slice(0, maxNames).map((name) => printable(name, maxName)),
    status: statusOf(record) ?? null,
    answer: answer.map(([name, value]) => [name.toLowerCase(), printable(value, maxValue)]),
    answeredAtOnce: record.status !== undefined,
    headerless: record.headerless === true,
    aborted: record.aborted === true,
    durationMs: record.durationMs === undefined ? null : Math.round(record.durationMs * 10) / 10,
  };
}

/** The method that the page wants to use: for a preflight, the requested one. */
export function pageMethod({ preflight, method, requestedMethod = "" }: DecisionRecord): string {
  return preflight ? requestedMethod : method;
}

/** The route under which a decision is counted. */
export function routeOf({ route = "/" }: DecisionRecord): string {
  return route;
}

function optional(text: string | undefined, max: number): string | null {
  return text === undefined ? null : printable(text, max);
}

function names(written: readonly string[]): string[] {
  const clean = written.map((name) => printable(name.trim().toLowerCase(), maxName)).filter((name) => name !== "");
  return [...new Set(clean)].slice(0, maxNames);
}

/** How many decisions of a pool are kept of a minute. Refusals first: they are what people ask about. */
export const poolSize = { refused: 30, failed: 20, allowed: 20 };

/**
 * Draws a fair sample of each pool of decisions, minute by minute, while they come: each decision draws a number, and the lowest ones stay.
 * Those that are pushed out again later are written all the same, and go when the database is cleaned up. Named origins and the others are
 * drawn apart, or a flood would crowd the regular visitors out; and of what was allowed, errors apart.
 */
export class SampleDraw {
  #minute = 0;
  readonly #named = newPools("");
  readonly #others = newPools("?");

  /** The pool and the rank of a decision that gets into the sample; `undefined` for one that does not. */
  draw(record: DecisionRecord, isNamed: boolean): Pick<DrawnSample, "pool" | "rank"> | undefined {
    const { reason, time } = record;
    const minute = Math.floor(time / minuteMs);
    if (minute > this.#minute) {
      this.#minute = minute;
      for (const pool of [...this.#named.values(), ...this.#others.values()]) pool.ranks = [];
    }
    const isFailed = reason === "allowed" && isFailure(record);
    const pool = (isNamed ? this.#named : this.#others).get(isFailed ? "failed" : reason);
    if (pool === undefined) return undefined;
    const rank = Math.random();
    if (pool.ranks.length < pool.size) pool.ranks.push(rank);
    else if (rank < pool.highest) pool.ranks[pool.ranks.indexOf(pool.highest)] = rank;
    else return undefined;
    pool.highest = Math.max(...pool.ranks);
    return { pool: pool.name, rank };
  }
}

/** A pool for each reason by which a policy decided. */
function newPools(mark: string) {
  const names = [...reasons.filter(isRefusal), "allowed", "failed"] as const;
  return new Map(
    names.map((name) => {
      const size = name === "allowed" || name === "failed" ? poolSize[name] : poolSize.refused;
      return [name, { name: name + mark, size, ranks: [] as number[], highest: 0 }];
    }),
  );
}
