import type { ServerResponse } from "node:http";
import { ApiProblem } from "./api-problem.ts";
import type { LiveEvent } from "./schemas/live.ts";

/** Streams that are open at once; each costs a connection and a copy of every event. */
const maxStreams = 32;
/** Events that are kept for readers who reconnect. At two a second, a minute and a half. */
const maxKept = 200;
/** Milliseconds between two comments that keep a silent connection from being closed on the way. */
const heartbeatMs = 15_000;
/** Bytes that may wait for a slow reader. A stream further behind is closed; its reader reconnects, and learns that it missed something. */
const maxQueuedBytes = 1_048_576;

/**
 * Sends what happens to every open stream, as server-sent events, and keeps the last events for readers who reconnect. Bounded in every
 * direction: no reader, however slow, costs more than a known amount of memory.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventHub {
  readonly #streams = new Set<ServerResponse>();
  /** Ids of another run of the program mean nothing here. */
  readonly #run = Date.now().toString(36);
  readonly #timer: NodeJS.Timeout;
  #kept: readonly { readonly id: number; readonly text: string }[] = [];
  #last = 0;

  constructor() {
    this.#timer = setInterval(() => this.#send(": still here\n\n"), heartbeatMs).unref();
  }

  get streams(): number {
    return this.#streams.size;
  }

  publish(event: LiveEvent): void {
    this.#last += 1;
    const text = `id: ${this.#run}-${this.#last}\nevent: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`;
    this.#kept = [...this.#kept.slice(1 - maxKept), { id: this.#last, text }];
    this.#send(text);
  }

  /** Begins a stream on this response, behind the event that the reader had last. @throws {ApiProblem} if there are too many */
  open(response: ServerResponse, lastEventId: string | undefined): void {
    if (this.#streams.size >= maxStreams)
      throw new ApiProblem("too-many", `${maxStreams} streams are already open.`, "Close one of them.");
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    response.write("retry: 2000\n\n");
    for (const text of this.#since(lastEventId)) response.write(text);
    this.#streams.add(response);
    response.once("close", () => this.#streams.delete(response));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const stream of this.#streams) stream.end();
  }

  #since(lastEventId: string | undefined): readonly string[] {
    if (lastEventId === undefined || lastEventId === "") return [];
    const id = /^(?<run>[a-z\d]+)-(?<id>\d{1,15})$/.exec(lastEventId)?.groups;
    const last = id?.["run"] === this.#run ? Number(id["id"]) : Number.NaN;
    const first = this.#kept[0]?.id ?? this.#last + 1;
    const complete = last >= first - 1 && last <= this.#last;
    const missed: LiveEvent = { event: "missed", time: Date.now() };
    if (!complete) return [`event: missed\ndata: ${JSON.stringify(missed)}\n\n`];
    return this.#kept.filter((event) => event.id > last).map(({ text }) => text);
  }

  #send(text: string): void {
    for (const stream of this.#streams) {
      if (stream.writableLength > maxQueuedBytes) stream.destroy();
      else stream.write(text);
    }
  }
}
