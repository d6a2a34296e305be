import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "./engine.ts";

/** What an engine tells without being asked. */
export interface ProtocolEvent {
  readonly method: string;
  readonly params: unknown;
  /** Chromium: of which target. */
  readonly sessionId?: string;
}

/**
 * The three engines are driven by three protocols that have one form: calls `{ id, method, params }`, answers with the same `id`, and
 * events without one, as JSON over a WebSocket.
 */
export interface ProtocolSession {
  /** Calls a method. Throws an `EngineError` with the engine's words if it refuses, or does not answer in time. */
  call(method: string, params?: object, options?: CallOptions): Promise<unknown>;
  /** Hears every event, until the returned function is called. */
  listen(listener: (event: ProtocolEvent) => void): () => void;
  close(): void;
}

/** How one call is made. */
export interface CallOptions {
  /** Chromium: of which target. */
  readonly sessionId?: string;
  /** Milliseconds to wait for the answer. Default 30,000. */
  readonly timeoutMs?: number;
}

/** Carries the texts of a session, whatever lies below. */
export interface TextChannel {
  send(text: string): void;
  close(): void;
}

interface Answer {
  readonly id?: number | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  /** CDP and WebKit: `{ message }`; BiDi: a code, with a message beside it. */
  readonly error?: { readonly message: string } | string;
  readonly message?: string;
  readonly sessionId?: string;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: EngineError) => void;
}

/** A session over a channel, and the two functions by which the channel feeds it. */
export interface FedSession {
  readonly session: ProtocolSession;
  receive(text: string): void;
  /** The channel is gone: whoever waits is told so. */
  end(why: string): void;
}

/** Makes a session of a channel. */
export function sessionOver(channel: TextChannel): FedSession {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: ProtocolEvent) => void>();
  let lastId = 0;
  let gone: string | undefined;
  const receive = (text: string): void => {
    const answer: Answer = JSON.parse(text);
    if (answer.method !== undefined) {
      for (const listener of listeners) listener(answer as ProtocolEvent);
      return;
    }
    const caller = waiting.get(answer.id ?? 0);
    if (caller === undefined) return;
    waiting.delete(answer.id ?? 0);
    if (answer.error === undefined) caller.resolve(answer.result);
    else caller.reject(new EngineError(typeof answer.error === "string" ? `${answer.message}` : answer.error.message));
  };
  const end = (why: string): void => {
    gone ??= why;
    for (const { reject } of waiting.values()) reject(new EngineError(why));
    waiting.clear();
  };
  const call: ProtocolSession["call"] = (method, params = {}, { sessionId, timeoutMs = 30_000 } = {}) =>
    new Promise((resolve, reject) => {
      if (gone !== undefined) throw new EngineError(gone);
      lastId += 1;
      const id = lastId;
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new EngineError(`The engine did not answer ${method} within ${timeoutMs / 1000} s.`));
      }, timeoutMs);
      const settled =
        <Value>(settle: (value: Value) => void) =>
        (value: Value): void => {
          clearTimeout(timer);
          settle(value);
        };
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
      channel.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    });
  const session: ProtocolSession = {
    call,
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      end("The session was closed.");
      channel.close();
    },
  };
  return { session, receive, end };
}

/** Opens a session with an engine that listens at this `ws:` address. */
export async function openSession(address: string): Promise<ProtocolSession> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new EngineError(`The engine does not answer at ${address}.`)));
  });
  const { session, receive, end } = sessionOver({
    send: (text) => socket.send(text),
    close: () => socket.close(),
  });
  socket.addEventListener("message", ({ data }) => receive(String(data)));
  socket.addEventListener("close", () => end("The engine closed the connection."));
  return session;
}

/** Waits for an event. Throws an `EngineError` if it does not come within `seconds`. */
export function nextEvent(
  session: ProtocolSession,
  isIt: (event: ProtocolEvent) => boolean,
  seconds = 30,
): { readonly event: Promise<ProtocolEvent>; forget(): void } {
  const { promise, resolve, reject } = Promise.withResolvers<ProtocolEvent>();
  const forget = (): void => {
    clearTimeout(timer);
    stop();
  };
  const stop = session.listen((event) => {
    if (!isIt(event)) return;
    forget();
    resolve(event);
  });
  const timer = setTimeout(() => {
    forget();
    reject(new EngineError(`The engine did not load the page within ${seconds} s.`));
  }, seconds * 1000);
  return { event: promise, forget };
}

/**
 * Some engines hold back a part of what they send until the part before is acknowledged, and a system that has nothing to send puts that
 * off for 40 ms. So there is always something to send while a call waits: `nudge`, a call that changes nothing, less and less often should
 * it take long.
 */
export function impatientSession(session: ProtocolSession, nudge: () => Promise<void>): ProtocolSession {
  let waiting = 0;
  let pauseMs = 0;
  let nudging = false;
  const keepNudging = async (): Promise<void> => {
    if (nudging) return;
    nudging = true;
    try {
      for (; waiting > 0; pauseMs = Math.min(pauseMs * 1.2, 100)) {
        await sleep(pauseMs);
        // It only hurries; if it fails, the call itself will say so.
        nudge().catch(() => undefined);
      }
    } finally {
      nudging = false;
    }
  };
  return {
    ...session,
    async call(...parameters) {
      waiting += 1;
      pauseMs = 2;
      void keepNudging();
      try {
        return await session.call(...parameters);
      } finally {
        waiting -= 1;
      }
    },
  };
}
