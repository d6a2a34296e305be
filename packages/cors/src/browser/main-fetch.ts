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

/**
 * Decides whether the request is same-origin, `no-cors` or CORS, and filters the answer accordingly.
 *
 * @param recursive true after a redirect: the answer is filtered once, at the end
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch
 */
export async function mainFetch(params: FetchParams, recursive = false): Promise<FetchedResponse> {
  const { request } = params;
  const url = currentUrl(request);
  if (hasBadPort(url)) {
    return failed(
      params,
      "bad-port/port",
      "unsafe-port",
      `Browsers send nothing to port ${url.port}: it is another protocol's.`,
    );
  }
  if (isMixedContent(request)) {
    const message = `A page of ${request.origin} may not ask for http: things, and the URL is ${wireUrl(url)}.`;
    return failed(params, "main-fetch/mixed-content", "mixed-content", message);
  }
  const response = await fetchByTainting(params, url);
  if (recursive || response.type !== "default") return response;
  return filterResponse(request.responseTainting, request, response, params.behaviour);
}

function fetchByTainting(params: FetchParams, url: URL): FetchedResponse | Promise<FetchedResponse> {
  const { request } = params;
  if ((isAtOwnOrigin(request) && request.responseTainting === "basic") || url.protocol === "data:") {
    request.responseTainting = "basic";
    note(
      params,
      "main-fetch/tainting",
      `${url.protocol === "data:" ? "A data: URL" : "The page's own origin"}: no CORS is needed.`,
    );
    return schemeFetch(params);
  }
  if (request.mode === "same-origin") {
    const message = `${url.origin} is not the page's origin ${request.origin}, and the page asked for mode: "same-origin".`;
    return failed(params, "main-fetch/mode", "disallowed-by-mode", message);
  }
  return request.mode === "no-cors" ? noCorsFetch(params, url) : corsFetch(params, url);
}

function noCorsFetch(params: FetchParams, url: URL): FetchedResponse | Promise<FetchedResponse> {
  if (params.request.redirectMode !== "follow") {
    const message = `mode: "no-cors" goes with redirect: "follow" only, and redirect is "${params.request.redirectMode}".`;
    return failed(params, "main-fetch/redirect-mode", "no-cors-redirect-mode", message);
  }
  params.request.responseTainting = "opaque";
  note(
    params,
    "main-fetch/tainting",
    `${url.origin} is another origin, mode is "no-cors": the page will see nothing of the answer.`,
  );
  return schemeFetch(params);
}

async function corsFetch(params: FetchParams, url: URL): Promise<FetchedResponse> {
  const { request, behaviour, preflightCache } = params;
  if (!isHttpScheme(url)) {
    return failed(
      params,
      "main-fetch/scheme",
      "cors-disabled-scheme",
      `CORS knows http: and https: only, and the URL begins with ${url.protocol}`,
    );
  }
  request.responseTainting = "cors";
  const reason = preflightReason(params);
  if (reason !== undefined) request.preflightNeeded = true;
  note(
    params,
    "main-fetch/tainting",
    `${url.origin} is not the page's origin ${request.origin}: CORS decides. ${reason ?? "No preflight is needed."}`,
  );
  const response = await httpFetch(params, reason !== undefined);
  if (reason !== undefined && response.type === "error" && behaviour.failedFetchClearsPreflightCache) {
    preflightCache.clear(preflightCacheQuery(request, behaviour));
  }
  return response;
}

/** Why the server has to be asked first; undefined if it does not. */
function preflightReason({ request, behaviour }: FetchParams): string | undefined {
  if (request.useCorsPreflight) return "A streamed body needs a preflight.";
  const { preflightAfterRedirect } = behaviour;
  const { method } = preflightAfterRedirect === "as-first-made" ? request.firstMade : request;
  if (!isSafelistedMethod(method)) return `The method ${method} needs a preflight.`;
  const { headerList } = preflightAfterRedirect === "as-redirected" ? request : request.firstMade;
  const names = corsUnsafeRequestHeaderNames(headerList, behaviour);
  if (names.length > 0) return `The request headers ${names.join(", ")} need a preflight.`;
  const again = preflightAfterRedirect === "once-needed-with-first-names" && request.preflightNeeded;
  return again ? "The request needed a preflight before it was redirected." : undefined;
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
    const response = dataUrlResponse(url);
    return (
      response ?? failed(params, "scheme-fetch/data", "invalid-data-url", "The data: URL has no comma or bad base64.")
    );
  }
  const message = `The scheme ${url.protocol} can not be fetched here.`;
  return failed(params, "scheme-fetch/scheme", "cors-disabled-scheme", message);
}
