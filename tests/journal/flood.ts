// `node --max-semi-space-size=4 --conditions=@corsmith/source tests/journal/flood.ts [DECISIONS]`: a journal in a process of its own, under a
// flood of origins that nobody has seen before; prints what it took as one line of JSON. The flag bounds V8's nursery, which takes up to
// 96 MB in every program that is busy, whatever it keeps: what is measured would be that.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay, setImmediate as turn } from "node:timers/promises";
import type { DecisionRecord } from "@corsmith/cors/observe";
import { openJournal } from "../../packages/corsmith/src/journal/open-journal.ts";
import { repeatableRandom } from "../bench/repeatable-random.ts";

/** What a flood did. Sizes in megabytes of 1,048,576 bytes. */
export interface FloodReport {
  readonly decisions: number;
  readonly distinct: number;
  /** What the journal says of them. */
  readonly distinctEstimated: number;
  readonly idleMegabytes: number;
  readonly peakMegabytes: number;
  readonly fileMegabytes: number;
  /** Of the hundred busiest origins: how many the inventory names, and what part of their decisions it counts under their names. */
  readonly namedOfBusiest: number;
  readonly countedOfBusiest: number;
  readonly counted: number;
  readonly lost: number;
  readonly namedOrigins: number;
  readonly seconds: number;
}

const busiest = 100;
/** Decisions a second: more than a gateway can take, and few enough that the journal is emptied between them as it is in one. */
const pace = 50_000;

/** Half as many strangers as decisions. One decision in twenty is of a hundred origins that come again, from ten times as often to once. */
async function flood(decisions: number): Promise<FloodReport> {
  const folder = mkdtempSync(join(tmpdir(), "corsmith-flood-"));
  try {
    const journal = await openJournal({ place: { kind: "file", path: join(folder, "journal") } });
    await journal.status();
    await settle();
    const idle = residentMegabytes("VmRSS");
    const draw = repeatableRandom(1);
    const random = (): number => draw(2 ** 30) / 2 ** 30;
    const strangers = Math.floor(decisions / 2) - busiest;
    const seen = new Uint8Array(strangers);
    const truth = new Map<string, number>();
    let next = 0;
    // More than half of the strangers' decisions: so each of them comes, some at once and some again later.
    const newcomer = (): boolean => next < strangers && random() < 0.54;
    const begun = performance.now();
    for (let decision = 0; decision < decisions; decision += 1) {
      const origin = random() < 0.05 ? regular(random(), truth) : stranger(newcomer() ? next++ : draw(strangers), seen);
      journal.record(refusedPreflight(origin));
      if (decision % 2_000 === 0) await delay(Math.max(0, begun + (1_000 * decision) / pace - performance.now()));
    }
    const seconds = (performance.now() - begun) / 1_000;
    await journal.flush();
    const peak = residentMegabytes("VmHWM");
    const now = Date.now();
    const { counts, distinctOrigins } = await journal.queries.overview({ from: now - 3_600_000, to: now + 60_000 });
    const named = new Map<string, number>();
    for (const [origin] of truth) {
      const detail = await journal.queries.origin(origin, { from: now - 60_000, to: now });
      if (detail !== undefined) named.set(origin, detail.summary.counts.decisions);
    }
    const { total } = await journal.queries.origins({ limit: 1 });
    const { decisions: lost } = await journal.close();
    return {
      decisions,
      distinct: seen.reduce((sum, one) => sum + one, 0) + truth.size,
      distinctEstimated: distinctOrigins,
      idleMegabytes: idle,
      peakMegabytes: peak,
      fileMegabytes: round(sizeOf(folder)),
      namedOfBusiest: named.size,
      countedOfBusiest: round(sum(named.values()) / sum(truth.values())),
      counted: counts.decisions,
      lost,
      namedOrigins: total,
      seconds: round(seconds),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function regular(draw: number, truth: Map<string, number>): string {
  // The denser the lower: the first is drawn about ten times as often as the last.
  const origin = `https://regular-${Math.floor(busiest * draw * (0.19 + 0.81 * draw))}.example`;
  truth.set(origin, (truth.get(origin) ?? 0) + 1);
  return origin;
}

function stranger(number: number, seen: Uint8Array): string {
  seen[number] = 1;
  return `https://${(number * 2_654_435_761).toString(36)}-${number}.made-up-by-a-stranger.example`;
}

function refusedPreflight(origin: string): DecisionRecord {
  return {
    time: Date.now(),
    route: "/",
    kind: "preflight",
    reason: "origin-refused",
    preflight: true,
    status: 403,
    origin,
    method: "OPTIONS",
    requestedMethod: "PUT",
    path: "/",
    host: "api.example",
    headerNames: ["host", "origin", "access-control-request-method"],
    refused: [],
    answer: refusal,
    credentials: false,
    finalStatus: 403,
    headerless: false,
    aborted: false,
    durationMs: 1,
  };
}

const refusal: DecisionRecord["answer"] = {
  allowOrigin: undefined,
  allowCredentials: false,
  allowMethods: undefined,
  allowHeaders: undefined,
  exposeHeaders: undefined,
  maxAge: undefined,
  vary: "Origin",
};

async function settle(): Promise<void> {
  for (let round = 0; round < 10; round += 1) await turn();
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function residentMegabytes(field: "VmRSS" | "VmHWM"): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return round(Number(kilobytes) / 1_024);
}

function sizeOf(folder: string): number {
  return sum(readdirSync(folder).map((name) => statSync(join(folder, name)).size)) / 1_048_576;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function round(number: number): number {
  return Math.round(number * 1_000) / 1_000;
}

process.stdout.write(`${JSON.stringify(await flood(Number(process.argv[2] ?? 10_000_000)))}\n`);
