import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JournalSettings } from "../../src/journal/journal-settings.ts";
import { type Journal, openJournal } from "../../src/journal/open-journal.ts";
import type { JournalMoment } from "../../src/journal/schema/status.ts";
import { decided, lately } from "./support/decided.ts";

let folder = "";
const open: Journal[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corsmith-journal-"));
});
afterEach(async () => {
  for (const journal of open.splice(0)) await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

async function journalIn(file: string, settings: Partial<JournalSettings> = {}): Promise<Journal> {
  const journal = await openJournal({ place: { kind: "file", path: join(folder, file) }, ...settings });
  open.push(journal);
  return journal;
}

async function decisionsOf(journal: Journal): Promise<number> {
  return (await journal.queries.overview(lately())).counts.decisions;
}

describe("a journal in a file", () => {
  test("is for its owner alone, with the files beside it", async () => {
    const journal = await journalIn("journal");
    journal.record(decided());
    await journal.flush();
    const modes = readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    expect(modes).toEqual([
      ["journal", "600"],
      ["journal-shm", "600"],
      ["journal-wal", "600"],
    ]);
  });

  test("is there again after it was closed, and goes on counting", async () => {
    const first = await journalIn("journal");
    for (let time = 0; time < 10; time += 1) first.record(decided());
    expect(await first.close()).toEqual({ decisions: 0, samples: 0 });
    const second = await journalIn("journal");
    second.record(decided({ reason: "origin-refused" }));
    await second.flush();
    expect(await decisionsOf(second)).toBe(11);
    expect(await second.queries.origin("https://app.example.com", lately())).toMatchObject({
      summary: { allowed: 10, refused: 1, byReason: { allowed: 10, "origin-refused": 1 }, engines: ["chromium"] },
    });
  });

  test("is written by itself, at least every second", async () => {
    const journal = await journalIn("journal");
    journal.record(decided());
    expect((await journal.status()).pending).toBe(1);
    await expect.poll(() => decisionsOf(journal), { timeout: 5_000 }).toBe(1);
    expect(await journal.status()).toMatchObject({
      backend: "sqlite",
      pending: 0,
      failing: null,
      lastWrite: expect.any(Number),
    });
  });

  test("takes what two programs write into it at once", async () => {
    const journals = [await journalIn("journal"), await journalIn("journal")];
    for (let round = 0; round < 20; round += 1) {
      for (const journal of journals) journal.record(decided());
      await Promise.all(journals.map((journal) => journal.flush()));
    }
    for (const journal of journals) expect(await decisionsOf(journal)).toBe(40);
  });

  test("stands still while somebody else holds the file, and loses nothing by it", async () => {
    const journal = await journalIn("journal");
    using other = new DatabaseSync(join(folder, "journal"));
    other.exec("BEGIN IMMEDIATE");
    journal.record(decided());
    await delay(1_200);
    const before = performance.now();
    journal.record(decided());
    expect(performance.now() - before).toBeLessThan(100);
    other.exec("COMMIT");
    await expect.poll(() => decisionsOf(journal), { timeout: 10_000 }).toBe(2);
  });
});

describe("a place that will not do is refused with what to do about it", () => {
  test.each<[string, (file: string) => void, string, RegExp]>([
    [
      "a file that a newer version has written",
      (file) => {
        using database = new DatabaseSync(file);
        database.exec(
          `PRAGMA application_id = ${0x434f5253}; CREATE TABLE corsmith_schema (version BIGINT); INSERT INTO corsmith_schema VALUES (99)`,
        );
      },
      "journal-newer",
      /version 99/,
    ],
    [
      "the database of another program",
      (file) => {
        using database = new DatabaseSync(file);
        database.exec("CREATE TABLE cookies (name TEXT)");
      },
      "journal-foreign",
      /another program/,
    ],
    [
      "a file that is no database",
      (file) => writeFileSync(file, "policy: {}\n".repeat(100)),
      "journal-unreadable",
      /not a database/,
    ],
  ])("%s", async (_, make, code, message) => {
    make(join(folder, "journal"));
    await expect(journalIn("journal")).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      fix: expect.stringMatching(/\.$/),
    });
  });

  test("a folder that is not there", async () => {
    await expect(journalIn("no/such/folder/journal")).rejects.toMatchObject({ code: "journal-unreadable" });
  });

  test("but a PostgreSQL that is not there yet is waited for", async () => {
    const failures: string[] = [];
    const place = { kind: "postgresql", url: "postgres://me:secret@127.0.0.1:9/cors" } as const;
    const journal = await openJournal({ place }, { onFailing: ({ message }) => void failures.push(message) });
    open.push(journal);
    expect(failures).toEqual([expect.stringContaining("postgres://127.0.0.1:9/cors cannot be reached")]);
    expect(failures.join()).not.toContain("secret");
    journal.record(decided());
    await journal.flush();
    const status = await journal.status();
    expect(status).toMatchObject({
      place: "postgres://127.0.0.1:9/cors",
      bytes: null,
      pending: 1,
      failing: { message: expect.any(String) },
    });
    await expect(journal.queries.routes(lately())).rejects.toThrow("cannot be reached");
    expect(await journal.close()).toEqual({ decisions: 1, samples: 0 });
  });
});

test("a database that is full stops nothing: what does not fit is dropped from the oldest on, or counted as lost", async () => {
  const journal = await journalIn("journal", { maxBytes: 512 * 1024 });
  const begun = Date.now() - 3_600_000;
  for (let minute = 0; minute < 60; minute += 1) {
    for (let origin = 0; origin < 200; origin += 1)
      journal.record(decided({ time: begun + minute * 60_000, origin: `https://${origin}.example` }));
    await journal.flush();
  }
  const { bytes, lost, pending } = await journal.status();
  expect(bytes).toBeLessThanOrEqual(512 * 1024);
  expect((await decisionsOf(journal)) + lost.decisions + pending).toBeLessThanOrEqual(12_000);
  // It has made room: the newest is there.
  journal.record(decided({ origin: "https://last.example" }));
  await expect
    .poll(async () => await journal.queries.origin("https://last.example", lately()), { timeout: 10_000 })
    .toMatchObject({ inRange: { counts: { decisions: 1 } } });
  expect((await journal.status()).failing).toBeNull();
});

describe("who watches", () => {
  test("hears of what happened, with samples, blocked ones first, and no more after it has left", async () => {
    const journal = await journalIn("journal");
    const moments: JournalMoment[] = [];
    const leave = journal.watch((moment) => moments.push(moment));
    journal.watch(() => {
      throw new Error("A listener's own mistake.");
    });
    journal.record(decided());
    journal.record(decided({ reason: "origin-refused" }));
    await expect.poll(() => moments.length, { timeout: 5_000 }).toBe(1);
    expect(moments).toMatchObject([
      {
        allowed: 1,
        refused: 1,
        counts: { decisions: 2 },
        byReason: { allowed: 1, "origin-refused": 1 },
        samples: [{ blocked: true }, { blocked: false }],
        lost: { decisions: 0, samples: 0 },
      },
    ]);
    leave();
    journal.record(decided());
    await delay(1_200);
    expect(moments).toHaveLength(1);
  });
});

test("another room keeps its own tables beside the journal: all statements of a run, or none", async () => {
  const journal = await journalIn("journal");
  await journal.tables.run([{ sql: "CREATE TABLE corsmith_notes (id BIGINT PRIMARY KEY, text TEXT)" }]);
  expect(
    await journal.tables.run([
      { sql: "INSERT INTO corsmith_notes VALUES (?, ?)", values: [1, "one"] },
      { sql: "UPDATE corsmith_notes SET text = ?", values: ["changed"] },
    ]),
  ).toEqual([1, 1]);
  const twice = { sql: "INSERT INTO corsmith_notes VALUES (?, ?)", values: [2, "two"] };
  await expect(journal.tables.run([twice, twice])).rejects.toThrow("UNIQUE");
  expect(await journal.tables.all("SELECT * FROM corsmith_notes WHERE id > ?", [0])).toEqual([
    { id: 1, text: "changed" },
  ]);
});
