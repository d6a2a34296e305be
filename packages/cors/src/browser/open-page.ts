import { type FailureCode, failureOf } from "../failures/failure.ts";
import { parseOrigin } from "../origin/parse-origin.ts";
import { CorsPreflightCache } from "./cache/cors-preflight-cache.ts";
import { type Behaviour, behaviourOf, type Engine } from "./engines/behaviour.ts";
import { failed, type Recording } from "./fetch-params.ts";
import { formatStep } from "./format-step.ts";
import { fetch, mainFetch } from "./main-fetch.ts";
import { newRequest, type PageRequestInit } from "./request/new-request.ts";
import { scriptResponse, visibleHeaders } from "./response/filtered-response.ts";
import { dropBody, type FilteredResponse, type NetworkError } from "./response/response.ts";
import type { StepName } from "./step.ts";
import type { Trace } from "./trace.ts";
import type { CookieJar } from "./transport/cookies.ts";
import { nodeTransport } from "./transport/node-transport.ts";
import type { Transport } from "./transport/transport.ts";

/** What a browser knows of a failed fetch and hides from the script. */
export interface FetchFailure {
  readonly code: FailureCode;
  readonly step: StepName;
  readonly message: string;
  readonly fix: string;
}

/**
 * The TypeError of a failed fetch, with the reason that a real browser keeps for its console.
 *
 * @example
 * ```ts
 * import { FetchError, openPage } from "@corsmith/cors/browser";
 *
 * const page = openPage({ origin: "https://app.example.com", transport: async () => ({ status: 200, headers: [] }) });
 * const error = await page.fetch("https://api.example.com/").catch((reason: unknown) => reason);
 * console.assert(error instanceof TypeError && error instanceof FetchError);
 * if (error instanceof FetchError) console.assert(error.cause.code === "missing-allow-origin");
 * ```
 */
export class FetchError extends TypeError {
  override readonly name = "TypeError";
  override readonly cause: FetchFailure;

  constructor({ code, step }: NetworkError) {
    const message = formatStep(step);
    super(`Failed to fetch: ${message}`);
    this.cause = { code, step: step.step, message, fix: failureOf(code).fix };
  }
}

/** A page of a browser. */
export interface PageOptions {
  /** Serialized, such as `https://app.example.com`; `"null"` for an opaque one, such as that of a sandboxed frame. */
  readonly origin: string;
  /** Whose behaviour; by default the standard's. */
  readonly engine?: Engine;
  /** Single differences that replace the engine's own; to try one alone. */
  readonly behaviour?: Partial<Behaviour>;
  /** Sends one request; by default `nodeTransport`. */
  readonly transport?: Transport;
  /** Where cookies are kept; without it there are no cookies. */
  readonly cookieJar?: CookieJar;
  /** What relative URLs are resolved against; by default the origin's root. */
  readonly baseUrl?: string;
  /** Shared by the pages of one browser; by default the page has its own. */
  readonly preflightCache?: CorsPreflightCache;
  /** Milliseconds, for the preflight cache; by default `Date.now`. */
  readonly now?: () => number;
}

/** What a script on the page can do. */
export interface Page {
  /**
   * `fetch` as a script on this page has it.
   *
   * @throws {TypeError} with a `cause` of `{ code, step, message, fix }`
   * @throws the signal's reason if it was aborted
   */
  fetch(input: string | URL | Request, init?: PageRequestInit): Promise<Response>;
  /** The same fetch, recorded step by step. Never rejects. */
  trace(input: string | URL | Request, init?: PageRequestInit): Promise<Trace>;
}

/**
 * Opens a page of this origin in a simulated browser that enforces CORS.
 *
 * @throws {TypeError} if the engine is unknown, or the origin is not an origin
 * @see https://fetch.spec.whatwg.org/#fetch-method
 *
 * @example
 * ```ts
 * import { openPage, sectionOf } from "@corsmith/cors/browser";
 *
 * // A server that allows one page; without `transport` the real network is asked.
 * const headers = [["Access-Control-Allow-Origin", "https://app.example.com"]] as const;
 * const transport = async () => ({ status: 200, headers, body: "hello" });
 *
 * const page = openPage({ origin: "https://app.example.com", transport });
 * const response = await page.fetch("https://api.example.com/");
 * console.assert((await response.text()) === "hello");
 *
 * const other = openPage({ origin: "https://other.example", engine: "firefox", transport });
 * const trace = await other.trace("https://api.example.com/");
 * console.assert(trace.outcome === "error" && trace.code === "allow-origin-mismatch");
 * const step = trace.steps.at(-1);
 * console.assert(step !== undefined && sectionOf(step.step) === "https://fetch.spec.whatwg.org/#concept-cors-check");
 * ```
 */
export function openPage(options: PageOptions): Page {
  const { origin } = options;
  if (origin !== "null" && parseOrigin(origin) === undefined) {
    throw new TypeError(`origin: ${JSON.stringify(origin)} is not an origin. Write scheme://host[:port], or "null".`);
  }
  const browser = {
    behaviour: { ...behaviourOf(options.engine ?? "standard"), ...options.behaviour },
    transport: options.transport ?? nodeTransport,
    preflightCache: options.preflightCache ?? new CorsPreflightCache(),
    cookieJar: options.cookieJar,
    now: options.now ?? Date.now,
    mainFetch,
  };
  const baseUrl = options.baseUrl ?? (origin === "null" ? undefined : `${origin}/`);
  const page = { origin, baseUrl, behaviour: browser.behaviour };

  async function run(input: FetchInput, init: PageRequestInit): Promise<Recording & { response: PageResponse }> {
    const recording: Recording = { steps: [], exchanges: [] };
    try {
      return { ...recording, response: await answer(recording, input, init) };
    } catch (reason) {
      // A cookie jar or a body that throws must not make a trace reject.
      const facts = { reason: reason instanceof Error ? reason.message : String(reason) };
      return { ...recording, response: failed(recording, "main-fetch/unexpected", "opaque-network-error", facts) };
    }
  }

  async function answer(recording: Recording, input: FetchInput, init: PageRequestInit): Promise<PageResponse> {
    const isRequest = input instanceof Request;
    const options = isRequest ? { ...(await initOf(input)), ...init } : init;
    const request = await newRequest(recording, page, isRequest ? input.url : String(input), options);
    if ("type" in request) return request;
    const { signal } = request;
    if (signal?.aborted) {
      return { ...failed(recording, "main-fetch/aborted", "request-aborted", {}), reason: signal.reason };
    }
    const response = await fetch({ ...browser, ...recording, request });
    if (response.type === "default") throw new Error("Main fetch filters every answer.");
    return response;
  }

  return {
    async fetch(input, init = {}) {
      const { response } = await run(input, init);
      if (response.type === "error") {
        throw response.code === "request-aborted" ? response.reason : new FetchError(response);
      }
      return scriptResponse(response, visibleHeaders(response.headerList, page.behaviour));
    },
    async trace(input, init = {}) {
      const { response, steps, exchanges } = await run(input, init);
      if (response.type === "error") return { outcome: "error", code: response.code, steps, exchanges };
      dropBody(response);
      const { type, status, statusText, url, redirected } = response;
      const headers = visibleHeaders(response.headerList, page.behaviour);
      return { outcome: "ok", steps, exchanges, response: { type, status, statusText, url, redirected, headers } };
    },
  };
}

type FetchInput = string | URL | Request;
type PageResponse = NetworkError | FilteredResponse;

/** What a platform's Request says, as if it had been written as options. Its body is read: a stream would need a preflight. */
async function initOf(request: Request): Promise<PageRequestInit> {
  const { method, headers, mode, credentials, cache, redirect, signal } = request;
  const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  return { method, headers, mode, credentials, cache, redirect, signal, body };
}
