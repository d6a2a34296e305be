import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Journal, openJournal } from "../../packages/corsmith/src/journal/open-journal.ts";
import { decided } from "../../packages/corsmith/test/journal/support/decided.ts";
import { type Postgres, postgresPackage, postgresProgram, startPostgres } from "../support/postgres.ts";
import { requireProgram } from "../support/real-thing.ts";

const lately = () => ({ from: Date.now() - 3_600_000, to: Date.now() + 60_000 });
const allowed = (origin: string) => decided({ origin, userAgent: undefined });

describe.skipIf(!requireProgram(postgresProgram, postgresPackage))("a PostgreSQL that two gateways share", () => {
  let server: Postgres;
  let journals: Journal[];

  beforeAll(async () => {
    server = await startPostgres();
    // At once: both make the tables.
    journals = await Promise.all([1, 2].map(() => openJournal({ place: { kind: "postgresql", url: server.url } })));
  });
  afterAll(async () => {
    for (const journal of journals) await journal.close();
    await server[Symbol.asyncDispose]();
  });

  test("adds what both have counted, and each answers for both", async () => {
    for (let round = 0; round < 20; round += 1) {
      for (const [place, journal] of journals.entries())
        for (let origin = 0; origin < 50; origin += 1)
          journal.record(allowed(`https://${(origin * 7 + place) % 60}.example`));
      await Promise.all(journals.map((journal) => journal.flush()));
    }
    for (const journal of journals) {
      const { counts, distinctOrigins } = await journal.queries.overview(lately());
      expect(counts.decisions).toBe(2_000);
      expect(distinctOrigins).toBe(60);
      const { origins, total } = await journal.queries.origins({ limit: 500, sort: "origin" });
      expect(total).toBe(60);
      expect(origins.reduce((sum, { allowed: decisions }) => sum + decisions, 0)).toBe(2_000);
    }
  });

  test("answers all questions, and pages through its lists", async () => {
    const [journal] = journals;
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await journal?.queries.origins({
        limit: 7,
        sort: "decisions",
        ...(cursor === undefined ? {} : { cursor }),
      });
      names.push(...(page?.origins ?? []).map(({ origin }) => origin));
      cursor = page?.next;
    } while (cursor !== undefined);
    expect(new Set(names).size).toBe(60);
    expect(names).toHaveLength(60);
    expect(await journal?.queries.routes(lately())).toMatchObject([{ route: "/", allowed: 2_000, origins: 60 }]);
    const drawn = await journal?.queries.samples({ origin: "https://7.example", limit: 500 });
    expect(drawn?.samples[0]).toMatchObject({ origin: "https://7.example", blocked: false, host: "api.example.com" });
    expect(await journal?.queries.sample(drawn?.samples[0]?.id ?? "")).toEqual(drawn?.samples[0]);
    const { lines } = (await journal?.queries.series(lately(), 3_600_000, "verdict")) ?? { lines: [] };
    expect(lines.map(({ name, values }) => [name, values.reduce((sum, value) => sum + value, 0)])).toEqual([
      ["allowed", 2_000],
    ]);
    expect(await journal?.status()).toMatchObject({
      backend: "postgresql",
      schema: expect.any(Number),
      failing: null,
      bytes: expect.any(Number),
    });
  });

  test("that has gone is waited for: nothing is lost, nothing counted twice", async () => {
    await server.stop();
    for (const journal of journals)
      for (let time = 0; time < 500; time += 1) journal.record(allowed("https://0.example"));
    await delay(1_500);
    expect((await journals[0]?.status())?.failing).toMatchObject({ message: expect.stringContaining("ECONNREFUSED") });
    await server.start();
    await expect
      .poll(async () => (await journals[1]?.queries.overview(lately()))?.counts.decisions, {
        timeout: 15_000,
        interval: 200,
      })
      .toBe(3_000);
    expect((await journals[0]?.status())?.failing).toBeNull();
  });
});

test.skipIf(!requireProgram(postgresProgram, postgresPackage))(
  "what a PostgreSQL holds stays within its bound, and is the newest",
  async () => {
    await using server = await startPostgres();
    const maxBytes = 4 * 1024 * 1024;
    const journal = await openJournal({ place: { kind: "postgresql", url: server.url }, maxBytes });
    const begun = Date.now() - 12 * 3_600_000;
    let largest = 0;
    for (let hour = 0; hour < 12; hour += 1) {
      for (let each = 0; each < 720; each += 1)
        journal.record({ ...allowed(`https://${each % 250}.example`), time: begun + hour * 3_600_000 + each * 5_000 });
      await journal.flush();
      const { bytes, failing } = await journal.status();
      expect(failing).toBeNull();
      expect(bytes).toBeLessThanOrEqual(maxBytes);
      largest = Math.max(largest, bytes ?? 0);
    }
    expect(largest).toBeGreaterThan(maxBytes / 2);
    expect((await journal.queries.overview(lately())).counts.decisions).toBeGreaterThan(600);
    expect((await journal.queries.overview({ from: begun, to: begun + 3_600_000 })).counts.decisions).toBe(0);
    await journal.close();
  },
);
