import type { LiveEvent } from "corsmith/api";
import { useEffect, useRef, useState } from "preact/hooks";
import { anotherToken, authorization } from "./call.ts";

/** How the stream is doing. */
export type LiveState = "connecting" | "open" | "lost";

interface Listener {
  onEvent(event: LiveEvent): void;
  onState(state: LiveState): void;
}

const listeners = new Set<Listener>();
let running: AbortController | undefined;
let state: LiveState = "connecting";

/** Milliseconds before a broken stream is opened again. */
const reconnectMs = 2_000;

/** Calls back for each event as it happens. All views share one connection, which is closed with the last listener. */
export function useLive(onEvent: (event: LiveEvent) => void): LiveState {
  const current = useRef(onEvent);
  current.current = onEvent;
  const [shown, setShown] = useState(state);
  useEffect(() => {
    const listener: Listener = { onEvent: (event) => current.current(event), onState: setShown };
    listeners.add(listener);
    if (running === undefined) {
      running = new AbortController();
      follow(running.signal);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      running?.abort();
      running = undefined;
    };
  }, []);
  return shown;
}

/** Opens the stream again and again, each time behind the last event that came. */
async function follow(signal: AbortSignal): Promise<void> {
  let last: string | undefined;
  while (!signal.aborted) {
    let refused = false;
    try {
      const response = await open(last, signal);
      // A wrong token stays wrong; the views ask for another one.
      refused = response.status === 401;
      for await (const { id, data } of readEvents(bodyOf(response))) {
        last = id ?? last;
        const event: LiveEvent = JSON.parse(data);
        for (const listener of listeners) listener.onEvent(event);
      }
    } catch {
      // Broken, refused, or aborted by ourselves: what is on the page stays, and says how old it is.
    }
    if (signal.aborted) return;
    setState("lost");
    if (refused) await anotherToken(signal);
    else await new Promise((resolve) => setTimeout(resolve, reconnectMs));
  }
}

function open(last: string | undefined, signal: AbortSignal): Promise<Response> {
  return fetch("/api/events", {
    headers: {
      accept: "text/event-stream",
      ...(last === undefined ? {} : { "last-event-id": last }),
      ...authorization(),
    },
    signal,
  });
}

function bodyOf({ ok, status, body }: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (!ok || body === null) throw new Error(`The stream was refused with ${status}.`);
  setState("open");
  return body;
}

function setState(now: LiveState): void {
  state = now;
  for (const listener of listeners) listener.onState(now);
}

/** One event of a stream: its id, if it has one, and its data. */
export interface StreamEvent {
  readonly id: string | undefined;
  readonly data: string;
}

/**
 * Reads server-sent events out of a body. `EventSource` would do the same, but it cannot send a token.
 *
 * @see https://html.spec.whatwg.org/#event-stream-interpretation
 */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<StreamEvent> {
  let rest = "";
  // WebKit cannot iterate over a stream. https://streams.spec.whatwg.org/#rs-asynciterator
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = `${rest}${part.value}`.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = readEvent(block);
      if (event.data !== "") yield event;
    }
  }
}

function readEvent(block: string): StreamEvent {
  const data: string[] = [];
  let id: string | undefined;
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ""] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === "data") data.push(value);
    if (field === "id") id = value;
  }
  return { id, data: data.join("\n") };
}
