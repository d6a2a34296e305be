import { cookieContext } from "./append-request-cookie-header.ts";
import { type FetchParams, failed } from "./fetch-params.ts";
import { type HeaderList, headerLines, normalizeHeaderValue } from "./header-list.ts";
import { currentUrl } from "./request.ts";
import { dropBody, isNullBodyStatus, type NetworkError, type ServerResponse } from "./response.ts";
import type { TransportRequest, TransportResponse } from "./transport.ts";
import { transportFailureCode } from "./transport-failure-code.ts";
import { wireUrl } from "./wire-url.ts";

/**
 * Sends one request through the transport and takes the cookies of its answer.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-network-fetch
 */
export async function httpNetworkFetch(
  params: FetchParams,
  headers: HeaderList,
  includeCredentials: boolean,
  kind: "preflight" | "actual",
): Promise<NetworkError | ServerResponse> {
  const { request } = params;
  const outgoing = { method: request.method, url: wireUrl(currentUrl(request)), headers };
  const answer = await send(params, { ...outgoing, body: request.body, signal: request.signal });
  if ("type" in answer) {
    params.exchanges.push({ kind, request: outgoing });
    return answer;
  }
  const response = toServerResponse(request.method, answer);
  const { status, statusText, headerList } = response;
  params.exchanges.push({ kind, request: outgoing, response: { status, statusText, headers: headerList } });
  if (includeCredentials) await takeCookies(params, headerList);
  return response;
}

async function send(params: FetchParams, request: TransportRequest): Promise<TransportResponse | NetworkError> {
  try {
    return await params.transport(request);
  } catch (reason) {
    if (request.signal?.aborted === true) {
      const aborted = failed(params, "http-network-fetch/answer", "request-aborted", "The page aborted the request.");
      return { ...aborted, reason: request.signal.reason };
    }
    const said = reason instanceof Error ? reason.message : String(reason);
    const message = `There is no answer from ${request.url}: ${said}`;
    return { ...failed(params, "http-network-fetch/answer", transportFailureCode(reason), message), reason };
  }
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

/** @see https://fetch.spec.whatwg.org/#set-cookie-header */
async function takeCookies({ request, cookieJar, behaviour }: FetchParams, headers: HeaderList): Promise<void> {
  if (cookieJar === undefined) return;
  const context = cookieContext(request, behaviour);
  for (const line of headerLines(headers, "set-cookie")) {
    await cookieJar.setCookie(line, currentUrl(request).href, context);
  }
}
