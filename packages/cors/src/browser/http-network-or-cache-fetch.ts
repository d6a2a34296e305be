import { appendRequestCookieHeader } from "./append-request-cookie-header.ts";
import { appendRequestOriginHeader } from "./append-request-origin-header.ts";
import { isConditional } from "./conditional-headers.ts";
import { type FetchParams, failed } from "./fetch-params.ts";
import { containsHeader, type Header } from "./header-list.ts";
import { httpNetworkFetch } from "./http-network-fetch.ts";
import type { FetchRequest } from "./request.ts";
import type { NetworkError, ServerResponse } from "./response.ts";
import { sentHeaders } from "./sent-headers.ts";

/** What a preflight brings along. */
export interface NetworkOptions {
  /** The `Origin` of a preflight; undefined for every other request. */
  readonly preflightOrigin?: string;
}

/**
 * Adds what the browser adds and sends the request. There is no HTTP cache here: every request goes out.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
 */
export async function httpNetworkOrCacheFetch(
  params: FetchParams,
  { preflightOrigin }: NetworkOptions,
): Promise<NetworkError | ServerResponse> {
  const { request, behaviour } = params;
  const includeCredentials =
    request.credentialsMode === "include" ||
    (request.credentialsMode === "same-origin" && (request.responseTainting === "basic" || keepsCredentials(params)));
  const headers: Header[] = [...sentHeaders(request, behaviour)];
  if (preflightOrigin === undefined) appendRequestOriginHeader(request, headers, behaviour);
  else headers.push(["Origin", preflightOrigin]);
  appendCacheHeaders(request, headers);
  if (containsHeader(headers, "range")) headers.push(["Accept-Encoding", "identity"]);
  if (includeCredentials) await appendRequestCookieHeader(params, headers);
  if (request.cacheMode === "only-if-cached" && !behaviour.sendsWhatIsNotCached) {
    const message = "The page asked for a cached answer only, and there is none.";
    return failed(params, "http-network-or-cache-fetch/only-if-cached", "not-in-cache", message);
  }
  return httpNetworkFetch(params, headers, includeCredentials, preflightOrigin === undefined ? "actual" : "preflight");
}

/** Does the engine keep the credentials that a request began with, wherever it is redirected? */
function keepsCredentials({ request, behaviour }: FetchParams): boolean {
  if (!behaviour.noCorsKeepsCredentials || request.mode !== "no-cors") return false;
  return request.urlList[0]?.origin === request.origin;
}

function appendCacheHeaders(request: FetchRequest, headers: Header[]): void {
  const conditional = isConditional(headers);
  const mode = request.cacheMode === "default" && conditional ? "no-store" : request.cacheMode;
  if (mode === "no-cache" && !containsHeader(headers, "cache-control")) headers.push(["Cache-Control", "max-age=0"]);
  if (mode !== "no-store" && mode !== "reload") return;
  if (!containsHeader(headers, "pragma")) headers.push(["Pragma", "no-cache"]);
  if (!containsHeader(headers, "cache-control")) headers.push(["Cache-Control", "no-cache"]);
}
