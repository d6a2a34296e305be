import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newCounts } from "../../../src/journal/counting/counts.ts";
import { type Delta, decisionsIn, otherOrigins } from "../../../src/journal/counting/delta.ts";
import { Recorder, recorderOutbox } from "../../../src/journal/counting/recorder.ts";
import { decided } from "../support/decided.ts";

function record(recorder: Recorder, said: Parameters<typeof decided>[0], times = 1): void {
  for (let time = 0; time < times; time += 1) recorder.record(decided(said));
}

/** All that was recorded, in one. */
function taken(recorder: Recorder): Delta {
  const first = recorder.take();
  if (first === undefined) throw new Error("Nothing was recorded.");
  const rest: Delta[] = [];
  while (recorder.waiting > 0) rest.push(recorder.take() ?? first);
  return { ...first, rows: [first, ...rest].flatMap(({ rows }) => rows) };
}

/** Decisions by origin. */
function byOrigin({ rows }: Delta): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { origin, counts } of rows) sums[origin] = (sums[origin] ?? 0) + counts.decisions;
  return sums;
}

describe("what is recorded", () => {
  test("is counted by route, origin, method, kind and reason", () => {
    const recorder = new Recorder();
    record(recorder, {}, 3);
    record(recorder, { method: "PUT", kind: "preflight", reason: "method-refused", status: 204 }, 2);
    record(recorder, { route: "/public", finalStatus: 504 });
    const { rows } = taken(recorder);
    expect(rows.map(({ start: _, ...row }) => row)).toEqual([
      {
        route: "/",
        origin: "https://app.example.com",
        method: "GET",
        kind: "actual",
        reason: "allowed",
        counts: { ...newCounts(), decisions: 3 },
      },
      {
        route: "/",
        origin: "https://app.example.com",
        method: "PUT",
        kind: "preflight",
        reason: "method-refused",
        counts: { ...newCounts(), decisions: 2 },
      },
      {
        route: "/public",
        origin: "https://app.example.com",
        method: "GET",
        kind: "actual",
        reason: "allowed",
        counts: { ...newCounts(), decisions: 1, errors: 1, gatewayTimeout: 1 },
      },
    ]);
    expect(recorder.take()).toBeUndefined();
  });

  test("has a row for each minute", () => {
    const recorder = new Recorder();
    const minute = 1_750_000_020_000;
    record(recorder, { time: minute });
    record(recorder, { time: minute + 59_999 });
    record(recorder, { time: minute + 60_000 });
    expect(taken(recorder).rows.map(({ start, counts }) => [start, counts.decisions])).toEqual([
      [minute, 2],
      [minute + 60_000, 1],
    ]);
  });

  test("is handed over in parts when it is much, and nothing of it twice", () => {
    const recorder = new Recorder();
    for (let name = 0; name < 4_000; name += 1) record(recorder, { origin: `https://${name}.example` });
    expect(recorder.take()?.rows.length).toBeLessThan(1_100);
    expect(recorder.isFull).toBe(true);
    expect(recorder.waiting).toBe(3_000);
    const rest = taken(recorder);
    expect(decisionsIn(rest)).toBe(3_000);
    expect(recorder.waiting).toBe(0);
    expect(recorder.take()).toBeUndefined();
  });

  test("is plain data: what another process gets by JSON says the same", () => {
    const recorder = new Recorder();
    record(recorder, { origin: "https://a.example" }, 5);
    const delta = taken(recorder);
    expect(JSON.parse(JSON.stringify(delta))).toEqual(delta);
  });

  test("counts methods that nobody knows as one", () => {
    const recorder = new Recorder();
    for (let name = 0; name < 1_000; name += 1) record(recorder, { method: `M${name}` });
    expect(taken(recorder).rows.map(({ method, counts }) => [method, counts.decisions])).toEqual([["(other)", 1_000]]);
  });
});

test("a mistake in counting is a loss, is reported once, and goes no further", () => {
  const errors: unknown[] = [];
  const recorder = new Recorder({ onError: (error) => errors.push(error) });
  const broken = Object.defineProperty(decided(), "host", {
    get() {
      throw new Error("No host.");
    },
  });
  recorder.record(broken);
  recorder.record(broken);
  expect(recorder.lost).toEqual({ decisions: 0, samples: 2 });
  expect(recorder.waiting).toBe(2);
  expect(errors).toEqual([expect.objectContaining({ message: "No host." })]);
});

describe("unknown origins", () => {
  test("who make origins up are one row beyond the bound, and none is lost", () => {
    const recorder = new Recorder({ maxOrigins: 10 });
    for (let name = 0; name < 1_000; name += 1) record(recorder, { origin: `https://${name}.evil.example` });
    const sums = byOrigin(taken(recorder));
    expect(Object.keys(sums)).toHaveLength(11);
    expect(sums[otherOrigins]).toBe(990);
  });

  test("who come often take the place of those who came once", () => {
    const recorder = new Recorder({ maxOrigins: 10 });
    for (let name = 0; name < 1_000; name += 1) record(recorder, { origin: `https://${name}.evil.example` });
    recorder.take();
    record(recorder, { origin: "https://regular.example" }, 100);
    expect(byOrigin(taken(recorder))["https://regular.example"]).toBeGreaterThan(90);
  });

  test("who call themselves what the others are called are among the others", () => {
    const recorder = new Recorder();
    record(recorder, { origin: otherOrigins });
    expect(byOrigin(taken(recorder))).toEqual({ [otherOrigins]: 1 });
  });

  test("cannot write what does not print, nor names without end", () => {
    const recorder = new Recorder();
    record(recorder, { origin: "https://a.example\u001b[31m" });
    record(recorder, { origin: "\u00ff".repeat(10_000) });
    expect(Object.keys(byOrigin(taken(recorder)))).toEqual(["https://a.example\\x1b[31m", otherOrigins]);
  });

  test("cannot fill the memory while nothing is taken: the rare is joined, then lost and counted", () => {
    const recorder = new Recorder({ maxOrigins: 1_000, maxRows: 50, maxSamples: 10 });
    for (let minute = 0; minute < 200; minute += 1)
      for (let name = 0; name < 20; name += 1)
        record(recorder, { time: 1_750_000_000_000 + minute * 60_000, origin: `https://${name}.example` });
    const { lost } = recorder;
    const delta = taken(recorder);
    expect(delta.rows.length).toBeLessThanOrEqual(100);
    expect(delta.samples).toHaveLength(10);
    expect(lost.decisions).toBeGreaterThan(0);
    expect(decisionsIn(delta) + lost.decisions).toBe(4_000);
    expect(delta.lost).toEqual(lost);
  });
});

const someFacts = fc.record({
  origin: fc.constantFrom("https://a.example", "https://b.example", "https://c.example", undefined),
  method: fc.constantFrom("GET", "PUT"),
  reason: fc.constantFrom("allowed" as const, "origin-refused" as const, "not-cross-origin" as const),
  time: fc.integer({ min: 1_750_000_000_000, max: 1_750_000_200_000 }),
  finalStatus: fc.constantFrom(200, 502, 413),
});

test("it does not matter who counted: recorders that are joined say what one would have said", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(someFacts, fc.boolean())), (decisions) => {
      const [alone, one, other, joined] = [new Recorder(), new Recorder(), new Recorder(), new Recorder()];
      for (const [said, first] of decisions) {
        record(alone, said);
        record(first ? one : other, said);
      }
      for (const part of [one, other]) {
        const delta = part.take();
        if (delta !== undefined) joined.merge(delta);
      }
      const sorted = (delta: Delta | undefined): unknown => ({
        rows: delta?.rows.map((row) => JSON.stringify(row)).sort(),
        origins: delta?.origins.map((news) => JSON.stringify(news)).sort(),
        distinct: delta?.distinct.map(({ hour, marks }) => [hour, marks.toSorted((a, b) => a - b)]),
      });
      expect(sorted(joined.take())).toEqual(sorted(alone.take()));
    }),
  );
});

test("of each reason a bounded number is drawn in a minute, and every decision has the same chance", () => {
  const recorder = new Recorder({ maxSamples: 100_000 });
  const time = 1_750_000_000_000;
  for (let decision = 0; decision < 20_000; decision += 1)
    record(recorder, { time, reason: "origin-refused", method: decision < 10_000 ? "GET" : "PUT" });
  const drawn = taken(recorder)
    .samples.toSorted((a, b) => a.rank - b.rank)
    .slice(0, 30);
  const late = drawn.filter(({ sample }) => sample.method === "PUT").length;
  // Of 30 fair draws fewer than 3 or more than 27 come once in a hundred million times.
  expect(late).toBeGreaterThan(2);
  expect(late).toBeLessThan(28);
});

test("what is counted while a delta is delivered waits for the next turn, or a busy gateway would write without a pause", async () => {
  const recorder = new Recorder();
  const delivered: Delta[] = [];
  const deliver = async (delta: Delta): Promise<void> => {
    delivered.push(delta);
    if (delivered.length > 10) throw new Error("It writes without a pause.");
    recorder.record(decided());
  };
  const outbox = recorderOutbox(recorder, { deliver });
  recorder.record(decided());
  await outbox.flush();
  expect(delivered).toHaveLength(1);
  expect(outbox.pending).toBe(1);
});

test("what is too much for one delta is delivered in several, one after another", async () => {
  const recorder = new Recorder();
  const delivered: Delta[] = [];
  const outbox = recorderOutbox(recorder, { deliver: async (delta) => void delivered.push(delta) });
  for (let name = 0; name < 3_500; name += 1) {
    recorder.record(decided({ origin: `https://${name}.example` }));
  }
  await outbox.flush();
  expect(delivered.map(({ rows }) => rows.length)).toEqual([1_000, 1_000, 1_000, 500]);
  expect(decisionsIn({ rows: delivered.flatMap(({ rows }) => rows) })).toBe(3_500);
});
