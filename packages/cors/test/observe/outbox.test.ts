import { describe, expect, test } from "vitest";
import { DeliveryError, Outbox } from "../../src/observe/outbox.ts";

/** An outbox of numbers, two a batch, that fails with these errors in turn. */
function outbox(...errors: Error[]) {
  const queue: number[] = [];
  const tried: [number[], number][] = [];
  const events: string[] = [];
  const box = new Outbox<number[]>({
    waiting: () => queue.length,
    isFull: () => queue.length >= 2,
    take: () => (queue.length === 0 ? undefined : queue.splice(0, 2)),
    sizeOf: ({ length }) => length,
    async deliver(batch, sequence) {
      tried.push([batch, sequence]);
      const error = errors.shift();
      if (error !== undefined) throw error;
    },
    minPauseMs: 20,
    maxPauseMs: 40,
    onFailing: ({ message }) => events.push(`failing: ${message}`),
    onRecovered: () => events.push("recovered"),
    onLost: (items) => events.push(`lost ${items}`),
  });
  return { box, queue, tried, events };
}

describe("an outbox", () => {
  test("delivers what waits, batch by batch, each with its number", async () => {
    const { box, queue, tried } = outbox();
    queue.push(1, 2, 3);
    await box.flush();
    expect(tried).toEqual([
      [[1, 2], 1],
      [[3], 2],
    ]);
    expect(box.pending).toBe(0);
    expect(box.deliveredAt).toBeGreaterThan(0);
  });

  test("tries the same again under the same number, and reports the failure once", async () => {
    const { box, queue, tried, events } = outbox(new Error("away"), new Error("still away"));
    queue.push(1);
    await box.flush();
    queue.push(2);
    await box.flush();
    expect(box.pending).toBe(2);
    expect(box.failing).toMatchObject({ message: "still away" });
    await box.flush();
    expect(tried).toEqual([
      [[1], 1],
      [[1], 1],
      [[1], 1],
      [[2], 2],
    ]);
    expect(events).toEqual(["failing: away", "recovered"]);
    expect(box.failing).toBeUndefined();
  });

  test("leaves the other side alone for a while after a failure", async () => {
    const { box, queue, tried } = outbox(new DeliveryError("busy", false, 100));
    queue.push(1);
    await box.flush();
    box.tick();
    expect(tried).toHaveLength(1);
    await expect
      .poll(() => {
        box.tick();
        return tried.length;
      })
      .toBe(2);
  });

  test("gives a batch up that will never be accepted, and counts it", async () => {
    const { box, queue, events } = outbox(new DeliveryError("refused", true));
    queue.push(1, 2, 3);
    await box.flush();
    expect(events).toEqual(["lost 2", "failing: refused"]);
    expect(box.pending).toBe(1);
  });

  test("gives everything up that was not delivered when it is abandoned", async () => {
    const { box, queue, events } = outbox(new Error("away"));
    queue.push(1, 2, 3);
    await box.flush();
    box.abandon();
    expect(events).toEqual(["failing: away", "lost 3"]);
    expect(box.pending).toBe(0);
  });
});
