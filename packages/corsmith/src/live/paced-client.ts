import { setTimeout as delay } from "node:timers/promises";
import type { HeaderList } from "@corsmith/cors/browser";
import { headerValue, isWithheld, withHeader } from "./headers.ts";
import { type LiveAnswer, type LiveOptions, type LiveRequest, send } from "./send.ts";

/** After this many failures in a row, the server is left alone. */
const maxFailures = 3;
/** No audit sends more. */
export const maxRequests = 150;

/** A request that is safe to send; there is no other kind. */
export interface SafeRequest extends LiveRequest {
  readonly method: "GET" | "OPTIONS";
}

/** How a paced client asks. */
export interface PacedOptions extends LiveOptions {
  /** Requests in a second at most, one after the other. Default 20. */
  readonly perSecond?: number;
  /** Is called before each request. */
  readonly onProgress?: (progress: PacedProgress) => void;
}

/** How far a paced client is. */
export interface PacedProgress {
  /** What is being asked, in a few words. */
  readonly doing: string;
  /** Requests that went out. */
  readonly sent: number;
  /** How many it will be, as far as is known yet. */
  readonly of: number;
}

/** The one client that asks the server for an audit: one request at a time, at a measured pace, and a bounded number of them. */
export class PacedClient {
  readonly #own: HeaderList;
  readonly #options: PacedOptions;
  /** All that went out, in order. */
  readonly sent: SafeRequest[] = [];
  /** Why the last request that failed had no answer. */
  lastError: unknown;
  #failures = 0;
  #nextAt = 0;

  /** @param own headers of the user's, sent with every GET */
  constructor(own: HeaderList, options: PacedOptions) {
    this.#own = own;
    this.#options = options;
  }

  /** Did it stop, because no answers came? */
  get gaveUp(): boolean {
    return this.#failures >= maxFailures;
  }

  /**
   * Sends these, one after the other. Those that get no answer are missing from the result.
   *
   * @param doing what they are for, in a few words
   */
  async askAll<Probe extends SafeRequest>(doing: string, probes: readonly Probe[]) {
    const answered: (Probe & { readonly answer: LiveAnswer })[] = [];
    const of = Math.min(this.sent.length + probes.length, maxRequests);
    for (const probe of probes) {
      // Where the first request fails, the others would too.
      if (this.gaveUp || this.sent.length >= maxRequests || (this.sent.length === 1 && this.#failures === 1)) break;
      this.#options.signal?.throwIfAborted();
      this.#options.onProgress?.({ doing, sent: this.sent.length, of });
      const answer = await this.#ask(probe);
      if (answer !== undefined) answered.push({ ...probe, answer });
    }
    return answered;
  }

  async #ask(probe: SafeRequest): Promise<LiveAnswer | undefined> {
    const { perSecond = 20, signal } = this.#options;
    await delay(Math.max(0, this.#nextAt - performance.now()));
    this.#nextAt = performance.now() + 1000 / perSecond;
    this.sent.push(probe);
    const { method, url } = probe;
    const headers = withOwnHeaders(probe, this.#own);
    const { answer, error } = await send({ method, url, headers }, this.#options, "corsmith audit");
    signal?.throwIfAborted();
    this.#failures = answer === undefined ? this.#failures + 1 : 0;
    if (answer === undefined) this.lastError = error;
    return answer;
  }
}

/** The probe's headers with the user's own. A preflight has none of those, as in a browser. */
export function withOwnHeaders({ method, headers }: Omit<SafeRequest, "url">, own: HeaderList): HeaderList {
  if (method === "OPTIONS") return headers;
  const sent = own.filter(([, value]) => !isWithheld(value));
  const added = sent.filter(([name]) => headerValue(headers, name) === undefined);
  const cookie = headerValue(headers, "cookie");
  const userCookie = headerValue(sent, "cookie");
  const all = [...headers, ...added];
  return cookie === undefined || userCookie === undefined ? all : withHeader(all, "Cookie", `${userCookie}; ${cookie}`);
}
