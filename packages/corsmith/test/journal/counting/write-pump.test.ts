import { expect, test } from "vitest";
import { type Delta, decisionsIn } from "../../../src/journal/counting/delta.ts";
import { Recorder, recorderOutbox } from "../../../src/journal/counting/recorder.ts";
import { decided } from "../support/decided.ts";

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
