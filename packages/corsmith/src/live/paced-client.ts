import { setTimeout as delay } from "node:timers/promises";
import type { HeaderList } from "@corsmith/cors/browser";
import type { AuditOptions, AuditRequest } from "../audit/audit-report.ts";
import type { Answered, Probe } from "../audit/probes/probe.ts";
import { headerValue, isWithheld, withHeader } from "./headers.ts";
import { sendOnWire } from "./send.ts";

/** After so many failures in a row, the server is left alone. */
const mostFailures = 3;
/** No audit sends more. */
export const mostRequests = 150;

/** The one line to the server: one request at a time, at a measured pace, and only so many. */
export class PacedLine {
  readonly #request: AuditRequest;
  readonly #options: AuditOptions;
  readonly #sent: Probe[] = [];
  #failures = 0;
  #lastError: unknown;
  #nextAt = 0;

  constructor(request: AuditRequest, options: AuditOptions) {
    this.#request = request;
    this.#options = options;
  }

  /** All that went out, in order. */
  get sent(): readonly Probe[] {
    return this.#sent;
  }

  /** Why the last request that failed had no answer. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /** Did it stop, because no answers came? */
  get gaveUp(): boolean {
    return this.#failures >= mostFailures;
  }

  /**
   * Sends these, one after the other. Those that get no answer are missing from the result.
   *
   * @param doing what they are for, in a few words
   */
  async askAll(doing: string, probes: readonly Probe[]): Promise<readonly Answered[]> {
    const answered: Answered[] = [];
    const of = Math.min(this.#sent.length + probes.length, mostRequests);
    for (const probe of probes) {
      // Where the first request fails, the others would too.
      if (this.gaveUp || this.#sent.length >= mostRequests || (this.#sent.length === 1 && this.#failures === 1)) break;
      this.#options.signal?.throwIfAborted();
      this.#options.onProgress?.({ doing, sent: this.#sent.length, of });
      const one = await this.#ask(probe);
      if (one !== undefined) answered.push(one);
    }
    return answered;
  }

  async #ask(probe: Probe): Promise<Answered | undefined> {
    const { perSecond = 20, insecure = false, timeoutSeconds = 10, lookup, signal } = this.#options;
    await delay(Math.max(0, this.#nextAt - performance.now()));
    this.#nextAt = performance.now() + 1000 / perSecond;
    this.#sent.push(probe);
    const headers = requestHeaders(probe, this.#request.headers);
    const named =
      headerValue(headers, "user-agent") === undefined
        ? [...headers, ["User-Agent", "corsmith audit"] as const]
        : headers;
    const options = { insecure, timeoutSeconds, ...(lookup && { lookup }), ...(signal && { signal }) };
    try {
      const answer = await sendOnWire({ method: probe.method, url: probe.url, headers: named }, options);
      this.#failures = 0;
      return { ...probe, answer };
    } catch (error) {
      signal?.throwIfAborted();
      this.#failures += 1;
      this.#lastError = error;
      return undefined;
    }
  }
}

/** The probe's headers with the user's own. A preflight has none of those, as in a browser. */
export function requestHeaders({ method, headers }: Probe, own: HeaderList): HeaderList {
  if (method === "OPTIONS") return headers;
  const sent = own.filter(([, value]) => !isWithheld(value));
  const added = sent.filter(([name]) => headerValue(headers, name) === undefined);
  const cookie = headerValue(headers, "cookie");
  const userCookie = headerValue(sent, "cookie");
  const all = [...headers, ...added];
  return cookie === undefined || userCookie === undefined ? all : withHeader(all, "Cookie", `${userCookie}; ${cookie}`);
}
