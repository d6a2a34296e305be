import { corsCheck } from "../cors/cors-check.ts";
import { isClientHint } from "../cors/safelisted-request-headers.ts";
import type { Behaviour } from "../engines/behaviour.ts";
import { type FetchParams, failed, note } from "../fetch-params.ts";
import { containsHeader, deleteHeader } from "../header-list.ts";
import { currentUrl, type FetchRequest, wireUrl } from "../request/request.ts";
import { withoutBodyHeaders } from "../request/request-headers.ts";
import { isSameOrigin, serializeRequestOrigin } from "../request/request-origin.ts";
import { dropBody, type FetchedResponse, type ServerResponse, type Verdict } from "../response/response.ts";
import {
  checkLocationCredentials,
  checkLocationScheme,
  checkRedirectCount,
  credentialsInLocation,
  hasUserinfo,
  invalidLocation,
  locationUrl,
} from "./location.ts";

/** Follows a redirect. @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch */
export async function httpRedirectFetch(params: FetchParams, response: ServerResponse): Promise<FetchedResponse> {
  const { request, behaviour } = params;
  const location = locationUrl(response, currentUrl(request), behaviour);
  if (location === null) {
    note(params, "http-redirect-fetch/location", { header: "Location", status: response.status });
    return response;
  }
  dropBody(response);
  if (location === "failure") return invalidLocation(params, response);
  const refused = checkLocation(params, location, response);
  if (refused !== undefined) return refused;
  request.lateCheck = lateCheckOf(params, location, response);
  request.redirectCount += 1;
  changeRequest(params, location, response.status);
  request.urlList.push(location);
  note(params, "http-redirect-fetch/follow", { header: "Location", status: response.status, url: wireUrl(location) });
  return params.mainFetch(params, true);
}

function checkLocation(params: FetchParams, location: URL, response: ServerResponse): Verdict {
  const { request } = params;
  const refused =
    checkLocationScheme(params, location) ?? checkRedirectCount(params) ?? checkLocationCredentials(params, location);
  if (refused !== undefined || response.status === 303 || !(request.body instanceof ReadableStream)) return refused;
  return failed(params, "http-redirect-fetch/body", "redirect-body-not-replayable", {});
}

/** What an engine looks at only when the redirected request has had its preflight. */
function lateCheckOf(params: FetchParams, location: URL, response: ServerResponse): FetchRequest["lateCheck"] {
  const { request, behaviour } = params;
  if (behaviour.ownOriginRedirectsToUserinfo && hasUserinfo(location) && request.responseTainting === "basic") {
    return () => (request.preflightNeeded ? credentialsInLocation(params) : undefined);
  }
  const began = request.urlList[0]?.origin === request.origin;
  if (!behaviour.redirectsCheckedWithCredentials || !began || request.responseTainting !== "cors") return undefined;
  if (request.credentialsMode !== "same-origin") return undefined;
  const origin = serializeRequestOrigin(request);
  return () => corsCheck(params, { phase: "actual", origin, credentialsMode: "include" }, response);
}

function changeRequest({ request, behaviour }: FetchParams, location: URL, status: number): void {
  const leavesOrigin = !isSameOrigin(currentUrl(request).origin, location.origin);
  request.firstMethodBecameGet = becomesGet(request.firstMade, status);
  bringBackHeaders(request, behaviour.removedHeadersReturn);
  if (becomesGet(request, status)) {
    request.method = "GET";
    request.body = null;
    request.headerList = withoutBodyHeaders(request.headerList);
  } else if (leavesOrigin && request.method === "DELETE" && behaviour.deleteBecomesGetOnRedirect) {
    request.method = "GET";
  }
  if (behaviour.dropsClientHintsOnRedirect && !isSameOrigin(request.origin, location.origin)) {
    // Save-Data is the one that stays.
    request.headerList = request.headerList.filter(
      ([name]) => /^save-data$/i.test(name) || !isClientHint(name.toLowerCase()),
    );
  }
  if (behaviour.forgetsUserAgentOnRedirect && !leavesOrigin && request.responseTainting === "basic") {
    request.headerList = deleteHeader(request.headerList, "user-agent");
  }
  if (!leavesOrigin) return;
  request.headerList = deleteHeader(request.headerList, "authorization");
  request.originSent = false;
}

/** Puts back what an earlier redirect removed, in the engines that begin with the script's own headers every time. */
function bringBackHeaders(request: FetchRequest, which: Behaviour["removedHeadersReturn"]): void {
  if (which === "never") return;
  const keepsAuthorization = which === "all" || containsHeader(request.headerList, "authorization");
  const { headerList } = request.firstMade;
  request.headerList = keepsAuthorization ? headerList : deleteHeader(headerList, "authorization");
}

function becomesGet({ method }: Pick<FetchRequest, "method">, status: number): boolean {
  if (status === 301 || status === 302) return method === "POST";
  return status === 303 && method !== "GET" && method !== "HEAD";
}
