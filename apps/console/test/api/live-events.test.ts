import { describe, expect, test } from "vitest";
import { readEvents, type StreamEvent } from "../../src/api/live-events.ts";

async function read(...chunks: readonly string[]) {
  const body = new Blob([...chunks]).stream();
  return await all(body);
}

async function all(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

describe("a stream of events", () => {
  test.each([
    ["one event", "id: 7\ndata: {}\n\n", [{ id: "7", data: "{}" }]],
    ["without an id", "data: x\n\n", [{ id: undefined, data: "x" }]],
    ["of several lines", "data: a\ndata: b\n\n", [{ id: undefined, data: "a\nb" }]],
    [
      "with CRLF",
      "data: a\r\n\r\ndata: b\r\n\r\n",
      [
        { id: undefined, data: "a" },
        { id: undefined, data: "b" },
      ],
    ],
    ["comments are none", ": still here\n\n", []],
    ["what is not finished is none yet", "data: a", []],
  ])("%s", async (_, text, events) => {
    expect(await read(text)).toEqual(events);
  });

  test("that comes in pieces is the same", async () => {
    const text = "id: 1\ndata: ü1\n\nid: 2\ndata: ü2\n\n";
    const bytes = new TextEncoder().encode(text);
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    expect(await all(body)).toEqual([
      { id: "1", data: "ü1" },
      { id: "2", data: "ü2" },
    ]);
  });
});
