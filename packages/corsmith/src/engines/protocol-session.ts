import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "./engine.ts";

/** What an engine reports without being asked. */
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
  /**
   * Calls a method, whose answer has the form that the caller knows.
   *
   * @throws {EngineError} with the engine's words if it refuses, or does not answer in time
   */
  call<Result = unknown>(method: string, params?: object, options?: CallOptions): Promise<Result>;
  /** Receives every event, until the returned function is called. */
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

/** A session over a channel, and the two functions by which the channel feeds it. */
export type FedSession = ReturnType<typeof sessionOver>;

/** Makes a session of a channel that carries texts, whatever lies below. */
export function sessionOver(channel: { send(text: string): void; close(): void }) {
  const waiting = new Map<number, Pick<PromiseWithResolvers<unknown>, "resolve" | "reject">>();
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
    if (answer.error === undefined) caller.resolve(answer.result);
    else caller.reject(new EngineError(typeof answer.error === "string" ? `${answer.message}` : answer.error.message));
  };
  /** The channel is gone: calls that wait are rejected. */
  const end = (why: string): void => {
    gone ??= why;
    for (const { reject } of waiting.values()) reject(new EngineError(why));
    waiting.clear();
  };
  const call = async (
    method: string,
    params: object = {},
    { sessionId, timeoutMs = 30_000 }: CallOptions = {},
  ): Promise<unknown> => {
    if (gone !== undefined) throw new EngineError(gone);
    lastId += 1;
    const id = lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, { resolve, reject });
    try {
      channel.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
      return await inTime(promise, `The engine did not answer ${method} within ${timeoutMs / 1000} s.`, timeoutMs);
    } finally {
      waiting.delete(id);
    }
  };
  const session: ProtocolSession = {
    call: call as ProtocolSession["call"],
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

/** What the promise becomes. @throws {EngineError} with this message if that takes too long */
export async function inTime<Value>(promise: Promise<Value>, message: string, timeoutMs = 30_000): Promise<Value> {
  const clock = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: clock.signal }).then((): never => {
    throw new EngineError(message);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clock.abort();
  }
}

/**
 * Some engines hold back a part of what they send until the part before is acknowledged, and a system that has nothing to send puts that
 * off for 40 ms. So there is always something to send while a call waits: `nudge`, a call that changes nothing, less and less often should
 * it take long.
 */
export function nudgedSession(session: ProtocolSession, nudge: () => Promise<void>): ProtocolSession {
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
