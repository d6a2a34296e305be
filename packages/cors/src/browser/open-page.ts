import { type Behaviour, behaviourOf, type Engine } from "./behaviour.ts";
import type { CookieJar } from "./cookie-jar.ts";
import { CorsPreflightCache } from "./cors-preflight-cache.ts";
import { fetch } from "./fetch.ts";
import { FetchError } from "./fetch-error.ts";
import type { FetchParams } from "./fetch-params.ts";
import { mainFetch } from "./main-fetch.ts";
import { newRequest, type PageRequestInit } from "./new-request.ts";
import { nodeTransport } from "./node-transport.ts";
import { dropBody, type FilteredResponse, type NetworkError } from "./response.ts";
import { scriptResponse } from "./script-response.ts";
import { sectionOf } from "./step.ts";
import type { Trace } from "./trace.ts";
import type { Transport } from "./transport.ts";
import { visibleHeaders } from "./visible-headers.ts";

/** A page of a browser. */
export interface PageOptions {
  /** Serialized, such as `https://app.example.com`; `"null"` for an opaque one, such as that of a sandboxed frame. */
  readonly origin: string;
  /** Whose behaviour; the standard's letter if left out. */
  readonly engine?: Engine;
  /** One difference more or less than the engine has; for trying a difference alone. */
  readonly behaviour?: Partial<Behaviour>;
  /** Sends one request; `node:http` and `node:https` if left out. */
  readonly transport?: Transport;
  /** Where cookies are kept; without one there are none. */
  readonly cookieJar?: CookieJar;
  /** What relative URLs are resolved against; the origin's root if left out. */
  readonly baseUrl?: string;
  /** Shared by the pages of one browser; the page has its own if left out. */
  readonly preflightCache?: CorsPreflightCache;
  /** Milliseconds, for the preflight cache; `Date.now` if left out. */
  readonly now?: () => number;
}

/** What a script on the page can do. */
export interface Page {
  /**
   * `fetch` as a script on this page has it.
   *
   * @throws TypeError with a `cause` of `{ code, step, message, fix }`
   * @throws the signal's reason if it was aborted
   */
  fetch(input: string | URL | Request, init?: PageRequestInit): Promise<Response>;
  /** The same fetch, told step by step. Never rejects. */
  trace(input: string | URL | Request, init?: PageRequestInit): Promise<Trace>;
}

/**
 * Opens a page of this origin in a simulated browser that enforces CORS.
 *
 * @throws TypeError if the engine or the origin is none
 * @see https://fetch.spec.whatwg.org/#fetch-method
 */
export function openPage(options: PageOptions): Page {
  const { origin } = options;
  if (origin !== "null" && URL.parse(origin)?.origin !== origin) {
    throw new TypeError(`origin: ${JSON.stringify(origin)} is no origin. Write scheme://host[:port], or "null".`);
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

  async function run(input: string | URL | Request, init: PageRequestInit): Promise<Run> {
    const steps: FetchParams["steps"] = [];
    const exchanges: FetchParams["exchanges"] = [];
    const isRequest = input instanceof Request;
    const request = await newRequest(
      page,
      isRequest ? input.url : String(input),
      isRequest ? { ...initOf(input), ...init } : init,
    );
    if ("type" in request) {
      const { step, code, message } = request;
      steps.push({ step, section: sectionOf(step), result: "failed", message });
      return { steps, exchanges, response: { type: "error", step, code, message } };
    }
    const response = await fetch({ ...browser, request, steps, exchanges });
    if (response.type === "default") throw new Error("Main fetch filters every answer.");
    return { steps, exchanges, response };
  }

  return {
    async fetch(input, init = {}) {
      const { response } = await run(input, init);
      if (response.type !== "error")
        return scriptResponse(response, visibleHeaders(response.headerList, page.behaviour));
      if (init.signal?.aborted === true) throw init.signal.reason;
      throw new FetchError(response);
    },
    async trace(input, init = {}) {
      const { response, steps, exchanges } = await run(input, init);
      if (response.type === "error") return { outcome: "error", code: response.code, steps, exchanges };
      dropBody(response);
      const { body, headerList, ...seen } = response;
      return {
        outcome: "ok",
        steps,
        exchanges,
        response: { ...seen, headers: visibleHeaders(headerList, page.behaviour) },
      };
    },
  };
}

interface Run extends Pick<FetchParams, "steps" | "exchanges"> {
  readonly response: NetworkError | FilteredResponse;
}

/** What a platform's Request says, as if it had been written as options. */
function initOf(request: Request): PageRequestInit {
  const { method, headers, mode, credentials, cache, redirect, signal, body } = request;
  return { method, headers, mode, credentials, cache, redirect, signal, body, duplex: "half" };
}
