import type { LiveEvent } from "corsmith/api";
import { useEffect, useRef, useState } from "preact/hooks";
import { readEvents } from "./event-stream.ts";
import { anotherToken, readToken } from "./token.ts";

/** Does the stream flow? */
export type LiveState = "connecting" | "flowing" | "lost";

interface Listener {
  hear(event: LiveEvent): void;
  state(state: LiveState): void;
}

const listeners = new Set<Listener>();
let running: AbortController | undefined;
let state: LiveState = "connecting";

/** Milliseconds before a stream that broke off is opened again. */
const pause = 2_000;

/** Hears what happens as it happens. All views share one connection, which is closed when nobody listens. */
export function useLive(hear: (event: LiveEvent) => void): LiveState {
  const current = useRef(hear);
  current.current = hear;
  const [shown, setShown] = useState(state);
  useEffect(() => {
    const listener: Listener = { hear: (event) => current.current(event), state: setShown };
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
        for (const listener of listeners) listener.hear(event);
      }
    } catch {
      // Broken off, refused, or aborted by ourselves: what is on the page stays, and says how old it is.
    }
    if (signal.aborted) return;
    tell("lost");
    if (refused) await anotherToken(signal);
    else await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function open(last: string | undefined, signal: AbortSignal): Promise<Response> {
  const token = readToken();
  return fetch("/api/events", {
    headers: {
      accept: "text/event-stream",
      ...(last === undefined ? {} : { "last-event-id": last }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    signal,
  });
}

function bodyOf({ ok, status, body }: Response): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (!ok || body === null) throw new Error(`The stream was refused with ${status}.`);
  tell("flowing");
  return body;
}

function tell(now: LiveState): void {
  state = now;
  for (const listener of listeners) listener.state(now);
}
