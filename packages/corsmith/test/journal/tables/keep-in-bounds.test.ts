import type { DecisionRecord } from "@corsmith/cors/observe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hourMs, minuteMs } from "../../../src/journal/counting/delta.ts";
import { Recorder } from "../../../src/journal/counting/recorder.ts";
import type { Database } from "../../../src/journal/database/database.ts";
import { migrate } from "../../../src/journal/database/migrations.ts";
import { openSqlite } from "../../../src/journal/database/sqlite.ts";
import { defaultJournalLimits, type JournalLimits } from "../../../src/journal/journal-settings.ts";
import { type JournalQueries, queriesBy, query } from "../../../src/journal/queries/queries.ts";
import { writeDistinct } from "../../../src/journal/tables/distinct-origins.ts";
import { keepInBounds } from "../../../src/journal/tables/keep-in-bounds.ts";
import { writeBatch } from "../../../src/journal/tables/write-batch.ts";
import { decided } from "../support/decided.ts";

const now = 1_750_003_200_000;
const day = 24 * hourMs;

let database: Database;
let sequence = 0;
beforeEach(async () => {
  database = openSqlite({ path: ":memory:", maxBytes: 64 * 1024 * 1024 });
  await migrate(database);
});
afterEach(() => database.close());

async function write(decisions: readonly Partial<DecisionRecord>[], writer = "a"): Promise<void> {
  const recorder = new Recorder({ maxRows: 100_000, maxSamples: 100_000 });
  for (const said of decisions) recorder.record(decided(said));
  const delta = recorder.take();
  if (delta === undefined) return;
  sequence += 1;
  await writeBatch(database, { writer, name: "", sequence, delta, sums: new Map() });
  await writeDistinct(database, writer, delta.distinct);
}

const bound = (limits: Partial<JournalLimits> = {}): Promise<void> =>
  keepInBounds(database, { ...defaultJournalLimits, ...limits }, now);
const ask = (): JournalQueries => queriesBy((name, values) => query(database, name, values));
const count = async (table: string): Promise<number> =>
  Number((await database.all(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.["n"]);
const all = { from: 0, to: now + day };

/** Every minute of some hours. */
function minutes(from: number, to: number): Partial<DecisionRecord>[] {
  return Array.from({ length: (to - from) / minuteMs }, (_, place) => ({
    time: from + place * minuteMs,
    finalStatus: place % 2 ? 200 : 502,
  }));
}

describe("a batch", () => {
  test("that comes twice is written once", async () => {
    const recorder = new Recorder();
    recorder.record(decided({ time: now }));
    const delta = recorder.take();
    const batch = {
      writer: "a",
      name: "",
      sequence: 1,
      sums: new Map(),
      delta: delta ?? { rows: [], origins: [], samples: [], distinct: [], lost: { decisions: 0, samples: 0 } },
    };
    expect(await writeBatch(database, batch)).toBe(true);
    expect(await writeBatch(database, batch)).toBe(false);
    expect(await writeBatch(database, { ...batch, writer: "b" })).toBe(true);
    expect((await ask().overview(all)).counts.decisions).toBe(2);
  });

  test("of which a part cannot be written is not written at all", async () => {
    await database.run("DROP TABLE corsmith_samples");
    await expect(write([{ time: now }])).rejects.toThrow("corsmith_samples");
    expect(await count("corsmith_rollups")).toBe(0);
    expect(await count("corsmith_writers")).toBe(0);
  });
});

describe("what gets old", () => {
  test("is joined to hours, and says the same", async () => {
    await write(minutes(now - 5 * hourMs, now));
    const before = await ask().overview(all);
    const series = await ask().series({ from: now - 5 * hourMs, to: now }, hourMs, "kind");
    expect(await count("corsmith_rollups")).toBe(300);
    await bound({ minuteHours: 2 });
    expect(await count("corsmith_rollups")).toBe(123);
    await bound({ minuteHours: 2 });
    expect(await count("corsmith_rollups")).toBe(123);
    const after = await ask().overview(all);
    expect({ ...after, distinctOrigins: 0 }).toEqual({ ...before, distinctOrigins: 0 });
    expect(await ask().series({ from: now - 5 * hourMs, to: now }, hourMs, "kind")).toEqual(series);
  });

  test("goes when its time is over", async () => {
    await write([
      { time: now - 100 * day, origin: "https://long-ago.example" },
      { time: now - 20 * day, origin: "https://weeks-ago.example" },
      { time: now - hourMs, origin: "https://today.example" },
    ]);
    await bound();
    const queries = ask();
    expect((await queries.origins({ sort: "origin" })).origins.map(({ origin }) => origin)).toEqual([
      "https://today.example",
      "https://weeks-ago.example",
    ]);
    expect((await queries.samples({})).samples.map(({ origin }) => origin)).toEqual(["https://today.example"]);
    expect((await queries.overview(all)).counts.decisions).toBe(2);
  });
});

describe("what is too many", () => {
  test("origins give way from the least busy on, those that were allowed last", async () => {
    await write([
      ...Array.from({ length: 50 }, (_, name) => ({
        time: now - name,
        origin: `https://refused-${name}.example`,
        reason: "origin-refused" as const,
      })),
      { time: now - day, origin: "https://allowed.example" },
      ...Array.from({ length: 3 }, () => ({
        time: now,
        origin: "https://busy.example",
        reason: "origin-refused" as const,
      })),
    ]);
    await bound({ maxOrigins: 10 });
    const { origins, total } = await ask().origins({ limit: 500 });
    expect(total).toBe(10);
    expect(origins.map(({ origin }) => origin)).toEqual(
      expect.arrayContaining(["https://allowed.example", "https://busy.example"]),
    );
    expect(await database.all("SELECT DISTINCT origin FROM corsmith_facets")).toHaveLength(10);
  });

  test("samples give way from the oldest on; three of four may be refusals", async () => {
    const drawn = (reason: "allowed" | "origin-refused") =>
      minutes(now - hourMs, now).flatMap((at) => [
        { ...at, reason },
        { ...at, reason },
      ]);
    await write(drawn("allowed"));
    await write(drawn("origin-refused"));
    await bound({ maxSamples: 40 });
    const queries = ask();
    const [blocked, passed] = [await queries.samples({ blocked: true }), await queries.samples({ blocked: false })];
    expect([blocked.samples.length, passed.samples.length]).toEqual([30, 10]);
    expect(blocked.samples.every(({ time }) => time >= now - 15 * minuteMs)).toBe(true);
  });

  test("of a minute that is over only the fairly drawn samples stay", async () => {
    const flood = Array.from({ length: 3_000 }, () => ({
      time: now - 10 * minuteMs,
      reason: "origin-refused" as const,
    }));
    await write(flood, "a");
    await write(flood, "b");
    expect(await count("corsmith_samples")).toBeGreaterThan(60);
    await bound();
    expect(await count("corsmith_samples")).toBe(30);
  });

  test("bytes go from the oldest on, after minutes have become hours", async () => {
    await write(
      Array.from({ length: 20_000 }, (_, place) => ({
        time: now - (place % 3_000) * minuteMs,
        origin: `https://${place % 100}.example`,
      })),
    );
    const used = await database.usedBytes();
    await bound({ maxBytes: used / 2 });
    expect(await database.usedBytes()).toBeLessThanOrEqual(used / 2);
    expect((await ask().overview({ from: now - hourMs, to: now + hourMs })).counts.decisions).toBeGreaterThan(0);
  });
});

test("sketches of distinct origins are joined, and not added", async () => {
  const origins = (from: number) =>
    Array.from({ length: 300 }, (_, name) => ({ time: now - 5 * hourMs, origin: `https://${from + name}.example` }));
  await write(origins(0), "a");
  await write(origins(150), "b");
  const before = (await ask().overview(all)).distinctOrigins;
  expect(before / 450).toBeGreaterThan(0.9);
  expect(before / 450).toBeLessThan(1.1);
  await bound();
  expect(await count("corsmith_distinct")).toBe(1);
  expect((await ask().overview(all)).distinctOrigins).toBe(before);
});
