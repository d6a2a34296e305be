import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { journalVersionStore, type StoredVersion } from "../../packages/corsmith/src/api/policy/version-store.ts";
import { type Journal, openJournal } from "../../packages/corsmith/src/journal/open-journal.ts";
import { type Postgres, postgresPackage, postgresProgram, startPostgres } from "../support/postgres.ts";
import { requireProgram } from "../support/real-thing.ts";

const version = (comment: string): Omit<StoredVersion, "id"> => ({
  time: 1_795_650_000_000,
  trigger: "apply",
  who: "Ada ? 'quoted'",
  comment,
  file: null,
  base: "0123",
  load: 2,
  text: "policy:\n  allowOrigins: [https://a.example] # äöü ?\n",
});

describe.skipIf(!requireProgram(postgresProgram, postgresPackage))("versions of the policy in a PostgreSQL", () => {
  let server: Postgres;
  let journals: Journal[];
  beforeAll(async () => {
    server = await startPostgres();
    journals = await Promise.all([1, 2].map(() => openJournal({ place: { kind: "postgresql", url: server.url } })));
  });
  afterAll(async () => {
    for (const journal of journals) await journal.close();
    await server[Symbol.asyncDispose]();
  });

  test("have numbers of their own, though two gateways write at once, and each sees the other's", async () => {
    for (const [place, journal] of journals.entries()) journal.setName(`gateway-${place}:80`);
    const stores = journals.map(journalVersionStore);
    const added = await Promise.all(
      Array.from({ length: 20 }, (_, index) => stores[index % 2]?.add(version(`change ${index}`))),
    );
    expect(new Set(added.map((stored) => stored?.id)).size).toBe(20);
    for (const store of stores) {
      const listed = await store.list(50, undefined);
      expect(listed.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
      expect((await store.list(2, 5)).map(({ id }) => id)).toEqual([4, 3]);
      expect(listed.filter(({ gateway }) => gateway === "gateway-1:80")).toHaveLength(10);
      const first = added[0];
      expect(first && (await store.get(first.id))).toEqual(first);
    }
  });
});

test("versions of the policy in a file are there after the program has ended", async () => {
  const folder = mkdtempSync(join(tmpdir(), "corsmith-versions-"));
  const place = { kind: "file", path: join(folder, "corsmith.journal") } as const;
  try {
    const first = await openJournal({ place });
    const stored = await journalVersionStore(first).add(version("kept"));
    await first.close();
    const second = await openJournal({ place });
    expect(await journalVersionStore(second).list(5, undefined)).toEqual([stored]);
    await second.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
