import { type FetchParams, failed } from "./fetch-params.ts";
import { containsHeader, type Header, type HeaderList, isConditional, normalizeHeaderValue } from "./header-list.ts";
import { currentUrl, type FetchRequest, wireUrl } from "./request/request.ts";
import { sentHeaders } from "./request/request-headers.ts";
import { appendRequestOriginHeader } from "./request/request-origin.ts";
import { dropBody, isNullBodyStatus, type NetworkError, type ServerResponse } from "./response/response.ts";
import { appendRequestCookieHeader, takeCookies } from "./transport/cookies.ts";
import { type TransportResponse, transportFailureCode } from "./transport/transport.ts";

/**
 * Adds what the browser adds and sends the request. There is no HTTP cache here: every request goes out.
 *
 * @param preflightOrigin the `Origin` of a preflight; undefined for every other request
 * @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
 */
export async function httpNetworkOrCacheFetch(
  params: FetchParams,
  preflightOrigin?: string,
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
    return failed(params, "http-network-or-cache-fetch/only-if-cached", "not-in-cache", {});
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

/**
 * Sends one request through the transport and takes the cookies of its answer.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-network-fetch
 */
async function httpNetworkFetch(
  params: FetchParams,
  headers: HeaderList,
  includeCredentials: boolean,
  kind: "preflight" | "actual",
): Promise<NetworkError | ServerResponse> {
  const { request } = params;
  const outgoing = { method: request.method, url: wireUrl(currentUrl(request)), headers };
  let answer: TransportResponse;
  try {
    answer = await params.transport({ ...outgoing, body: request.body, signal: request.signal });
  } catch (reason) {
    params.exchanges.push({ kind, request: outgoing });
    return noAnswer(params, outgoing.url, reason);
  }
  const response = toServerResponse(request.method, answer);
  const { status, statusText, headerList } = response;
  params.exchanges.push({ kind, request: outgoing, response: { status, statusText, headers: headerList } });
  if (includeCredentials) await takeCookies(params, headerList);
  return response;
}

function noAnswer(params: FetchParams, url: string, thrown: unknown): NetworkError {
  const { signal } = params.request;
  const facts = { url, reason: thrown instanceof Error ? thrown.message : String(thrown) };
  return signal?.aborted === true
    ? { ...failed(params, "http-network-fetch/answer", "request-aborted", facts), reason: signal.reason }
    : { ...failed(params, "http-network-fetch/answer", transportFailureCode(thrown), facts), reason: thrown };
}

function toServerResponse(method: string, answer: TransportResponse): ServerResponse {
  const response: ServerResponse = {
    type: "default",
    status: answer.status,
    statusText: answer.statusText ?? "",
    headerList: answer.headers.map(([name, value]) => [name, normalizeHeaderValue(value)]),
    body: answer.body ?? null,
  };
  if (method !== "HEAD" && !isNullBodyStatus(answer.status)) return response;
  dropBody(response);
  return { ...response, body: null };
}
