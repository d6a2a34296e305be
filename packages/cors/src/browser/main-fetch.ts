import { isSafelistedMethod } from "../http/methods.ts";
import { preflightCacheQuery } from "./cache/cors-preflight-cache.ts";
import { corsUnsafeRequestHeaderNames } from "./cors/safelisted-request-headers.ts";
import { type FetchParams, failed, note } from "./fetch-params.ts";
import { containsHeader, type HeaderList } from "./header-list.ts";
import { httpFetch } from "./http-fetch.ts";
import { currentUrl, type FetchRequest, hasBadPort, isHttpScheme, isMixedContent, wireUrl } from "./request/request.ts";
import { isAtOwnOrigin } from "./request/request-origin.ts";
import { filterResponse } from "./response/filtered-response.ts";
import { dataUrlResponse, type FetchedResponse } from "./response/response.ts";
import type { PreflightReason } from "./step.ts";

/**
 * Decides whether the request is same-origin, `no-cors` or CORS, and filters the answer accordingly.
 *
 * @param recursive true after a redirect: the answer is filtered once, at the end
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch
 */
export async function mainFetch(params: FetchParams, recursive = false): Promise<FetchedResponse> {
  const { request } = params;
  const url = currentUrl(request);
  if (hasBadPort(url)) return failed(params, "bad-port/port", "unsafe-port", { port: url.port });
  if (isMixedContent(request)) {
    return failed(params, "main-fetch/mixed-content", "mixed-content", { origin: request.origin, url: wireUrl(url) });
  }
  const response = await fetchByTainting(params, url);
  if (recursive || response.type !== "default") return response;
  return filterResponse(request.responseTainting, request, response, params.behaviour);
}

function fetchByTainting(params: FetchParams, url: URL): FetchedResponse | Promise<FetchedResponse> {
  const { request } = params;
  if ((isAtOwnOrigin(request) && request.responseTainting === "basic") || url.protocol === "data:") {
    request.responseTainting = "basic";
    const target = url.protocol === "data:" ? url.protocol : url.origin;
    note(params, "main-fetch/tainting", { tainting: "basic", origin: request.origin, target });
    return schemeFetch(params);
  }
  if (request.mode === "same-origin") {
    return failed(params, "main-fetch/mode", "disallowed-by-mode", { origin: request.origin, target: url.origin });
  }
  return request.mode === "no-cors" ? noCorsFetch(params, url) : corsFetch(params, url);
}

function noCorsFetch(params: FetchParams, url: URL): FetchedResponse | Promise<FetchedResponse> {
  const { request } = params;
  if (request.redirectMode !== "follow") {
    return failed(params, "main-fetch/redirect-mode", "no-cors-redirect-mode", { found: request.redirectMode });
  }
  request.responseTainting = "opaque";
  note(params, "main-fetch/tainting", { tainting: "opaque", origin: request.origin, target: url.origin });
  return schemeFetch(params);
}

async function corsFetch(params: FetchParams, url: URL): Promise<FetchedResponse> {
  const { request, behaviour, preflightCache } = params;
  if (!isHttpScheme(url)) {
    return failed(params, "main-fetch/scheme", "cors-disabled-scheme", { scheme: url.protocol });
  }
  request.responseTainting = "cors";
  const preflight = preflightReason(params);
  if (preflight !== undefined) request.preflightNeeded = true;
  const facts = { tainting: "cors", origin: request.origin, target: url.origin } as const;
  note(params, "main-fetch/tainting", preflight === undefined ? facts : { ...facts, preflight });
  const response = await httpFetch(params, preflight !== undefined);
  if (preflight !== undefined && response.type === "error" && behaviour.failedFetchClearsPreflightCache) {
    preflightCache.clear(preflightCacheQuery(request, behaviour));
  }
  return response;
}

/** Why the server has to be asked first; undefined if it does not. */
function preflightReason({ request, behaviour }: FetchParams): PreflightReason | undefined {
  if (request.useCorsPreflight) return { because: "streamed-body" };
  const { preflightAfterRedirect } = behaviour;
  const { method } = preflightAfterRedirect === "as-first-made" ? request.firstMade : request;
  if (!isSafelistedMethod(method)) return { because: "method", method };
  const { headerList } = preflightAfterRedirect === "as-redirected" ? request : request.firstMade;
  const names = corsUnsafeRequestHeaderNames(headerList, behaviour);
  if (names.length > 0) return { because: "headers", names };
  const again = preflightAfterRedirect === "once-needed-with-first-names" && request.preflightNeeded;
  return again ? { because: "needed-before-redirect" } : undefined;
}

/**
 * Begins a fetch: adds the `Accept` that a browser sends for a script that names none, and goes to main fetch.
 *
 * @see https://fetch.spec.whatwg.org/#concept-fetch
 */
export function fetch(params: FetchParams): Promise<FetchedResponse> {
  return params.mainFetch({ ...params, request: withAccept(params.request) }, false);
}

function withAccept(request: FetchRequest): FetchRequest {
  if (containsHeader(request.headerList, "accept")) return request;
  const headerList: HeaderList = [...request.headerList, ["Accept", "*/*"]];
  return { ...request, headerList, firstMade: { ...request.firstMade, headerList } };
}

/**
 * Fetches by the URL's scheme. A page of the simulator has no blobs and no files.
 *
 * @see https://fetch.spec.whatwg.org/#scheme-fetch
 */
function schemeFetch(params: FetchParams): FetchedResponse | Promise<FetchedResponse> {
  const url = currentUrl(params.request);
  if (isHttpScheme(url)) return httpFetch(params, false);
  if (url.protocol === "data:") {
    return dataUrlResponse(url) ?? failed(params, "scheme-fetch/data", "invalid-data-url", {});
  }
  return failed(params, "scheme-fetch/scheme", "cors-disabled-scheme", { scheme: url.protocol });
}
