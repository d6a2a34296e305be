import type { DecisionRecord } from "@corsmith/cors/observe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Recorder } from "../../../src/journal/counting/recorder.ts";
import type { Database } from "../../../src/journal/database/database.ts";
import { migrate } from "../../../src/journal/database/migrations.ts";
import { openSqlite } from "../../../src/journal/database/sqlite.ts";
import { writers } from "../../../src/journal/database/statements.ts";
import { PeerReader } from "../../../src/journal/peers/peer-reader.ts";
import { gatewaysOf, type RunningSums, sumsFromText, withRows } from "../../../src/journal/peers/writers.ts";
import { writeBatch } from "../../../src/journal/tables/write-batch.ts";
import { decided } from "../support/decided.ts";

let database: Database;
beforeEach(async () => {
  database = openSqlite({ path: ":memory:", maxBytes: 64 * 1024 * 1024 });
  await migrate(database);
});
afterEach(() => database.close());

/** A gateway that writes what it is told at once. */
function gateway(name: string) {
  const recorder = new Recorder();
  recorder.setName(name);
  let sequence = 0;
  let sums: RunningSums = new Map();
  return {
    lives: (policy = "") => database.run(writers.announce(database.dialect), [name, name, policy]),
    /** What it has counted is forgotten, as when its thread dies. */
    forget() {
      sums = new Map();
    },
    async decides(times: number, said: Partial<DecisionRecord> = {}, again = false): Promise<void> {
      for (let time = 0; time < times; time += 1) recorder.record(decided(said));
      const delta = recorder.take();
      if (delta === undefined) return;
      sequence += 1;
      sums = withRows(sums, delta.rows);
      const batch = { writer: name, name, sequence, delta, sums };
      await writeBatch(database, batch);
      if (again) await writeBatch(database, batch);
    },
  };
}

describe("what other gateways decide", () => {
  test("is heard of from the first look on, once, with its gateway, and without one's own", async () => {
    const [own, other] = [gateway("own:80"), gateway("other:80")];
    const reader = new PeerReader("own:80");
    await other.decides(5);
    expect(await reader.read(database)).toBeUndefined();
    await own.decides(3);
    expect(await reader.read(database)).toBeUndefined();
    await other.decides(2);
    await other.decides(1, { reason: "origin-refused" });
    const moment = await reader.read(database);
    expect(moment).toMatchObject({ allowed: 2, refused: 1, byReason: { allowed: 2, "origin-refused": 1 } });
    expect(moment?.samples.map(({ reason, gateway: by }) => [reason, by])).toEqual([
      ["origin-refused", "other:80"],
      ["allowed", "other:80"],
      ["allowed", "other:80"],
    ]);
    expect(await reader.read(database)).toBeUndefined();
  });

  test("counts once what was written twice, since nobody knew whether it was written", async () => {
    const other = gateway("other:80");
    const reader = new PeerReader("own:80");
    await other.lives();
    await reader.read(database);
    await other.decides(4, {}, true);
    expect((await reader.read(database))?.allowed).toBe(4);
  });

  test("of one that comes later is heard from its first batch on, if it has said that it lives", async () => {
    const reader = new PeerReader("own:80");
    await reader.read(database);
    const late = gateway("late:80");
    await late.lives();
    await reader.read(database);
    await late.decides(1);
    expect((await reader.read(database))?.allowed).toBe(1);
  });

  test("of one that has begun to count anew is what it counts now", async () => {
    const other = gateway("other:80");
    const reader = new PeerReader("own:80");
    await other.decides(9);
    await reader.read(database);
    other.forget();
    await other.decides(2);
    expect((await reader.read(database))?.allowed).toBe(2);
  });

  test("is of bounded size: refused ones rather than others, 50 at most", async () => {
    const reader = new PeerReader("own:80");
    const many = Array.from({ length: 4 }, (_, place) => gateway(`other-${place}:80`));
    for (const other of many) await other.lives();
    await reader.read(database);
    for (const other of many) {
      await other.decides(25, { reason: "origin-refused", origin: "https://stranger.example" });
      await other.decides(20);
    }
    const moment = await reader.read(database);
    expect(moment).toMatchObject({ allowed: 80, refused: 100 });
    expect(moment?.samples).toHaveLength(50);
    expect(moment?.samples.filter(({ blocked }) => blocked)).toHaveLength(50);
  });
});

describe("the gateways that share a journal", () => {
  test("are known by name as long as they write, or say that they live", async () => {
    await gateway("b:80").lives();
    await gateway("a:80").decides(1);
    // The same one, killed and started again.
    await database.run(writers.announce(database.dialect), ["another run", "b:80", ""]);
    expect(await gatewaysOf(database, "a:80")).toMatchObject([
      { name: "a:80", own: true, running: true },
      { name: "b:80", own: false, running: true },
    ]);
    await database.run(writers.leave, ["another run"]);
    await database.run("UPDATE corsmith_writers SET seen = seen - 60000 WHERE writer = 'b:80'");
    expect(await gatewaysOf(database, "a:80")).toMatchObject([{ running: true }, { name: "b:80", running: false }]);
    await database.run(writers.leave, ["b:80"]);
    expect((await gatewaysOf(database, "a:80")).map(({ name }) => name)).toEqual(["a:80"]);
  });

  test("say which policy they enforce; of one that was killed and started again, the last run counts", async () => {
    const [one, other] = [gateway("a:80"), gateway("b:80")];
    await other.lives("before");
    await database.run("UPDATE corsmith_writers SET seen = seen - 1000");
    await database.run(writers.announce(database.dialect), ["another run", "b:80", "after"]);
    await one.decides(1);
    expect((await gatewaysOf(database, "a:80")).map(({ name, policy }) => [name, policy])).toEqual([
      ["a:80", null],
      ["b:80", "after"],
    ]);
    await one.lives("after");
    await one.decides(1);
    expect((await gatewaysOf(database, "a:80")).map(({ policy }) => policy)).toEqual(["after", "after"]);
  });
});

test.each([
  ["no object", "3"],
  ["null", "null"],
  ["no reason of ours", '{"because":[1]}'],
  ["no numbers", '{"allowed":["1"]}'],
])("sums of another version that are %s count nothing", (_, text) => {
  expect(sumsFromText(text)).toEqual(new Map());
});
