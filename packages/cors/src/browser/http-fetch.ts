import { isSafelistedMethod } from "../http/methods.ts";
import { checkLocationCredentials } from "./check-location-credentials.ts";
import { checkedCredentialsMode } from "./checked-credentials-mode.ts";
import { corsCheck } from "./cors-check.ts";
import { corsPreflightFetch } from "./cors-preflight-fetch.ts";
import { corsUnsafeRequestHeaderNames } from "./cors-unsafe-request-header-names.ts";
import { crossOriginResourcePolicyCheck } from "./cross-origin-resource-policy-check.ts";
import { type FetchParams, failed, note } from "./fetch-params.ts";
import { filterResponse } from "./filtered-response.ts";
import { getHeader } from "./header-list.ts";
import { httpNetworkOrCacheFetch } from "./http-network-or-cache-fetch.ts";
import { httpRedirectFetch } from "./http-redirect-fetch.ts";
import { locationUrl } from "./location-url.ts";
import { preflightCacheQuery } from "./preflight-cache-query.ts";
import { rejectedByNetwork } from "./rejected-by-network.ts";
import { currentUrl, type FetchRequest } from "./request.ts";
import {
  dropBody,
  type FetchedResponse,
  isRedirectStatus,
  type NetworkError,
  type ServerResponse,
} from "./response.ts";
import { serializeRequestOrigin } from "./serialize-request-origin.ts";

/**
 * Preflight if need be, the request itself, the CORS check, and what becomes of a redirect.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
export async function httpFetch(params: FetchParams, makeCorsPreflight: boolean): Promise<FetchedResponse> {
  const { request } = params;
  if (makeCorsPreflight && needsPreflight(params)) {
    const refused = await corsPreflightFetch(params);
    if (refused !== undefined) return refused;
  }
  const response = await httpNetworkOrCacheFetch(params, {});
  if (response.type === "error") return response;
  const failure = checkResponse(params, response);
  if (failure !== undefined) {
    dropBody(response);
    return failure;
  }
  return isRedirectStatus(response.status) ? redirected(params, request, response) : response;
}

function checkResponse(params: FetchParams, response: ServerResponse): NetworkError | undefined {
  const { request, behaviour } = params;
  const rejected = rejectedByNetwork(params, response);
  if (rejected !== undefined) return rejected;
  if (request.responseTainting === "cors") {
    const credentialsMode = checkedCredentialsMode(request, behaviour);
    const origin = serializeRequestOrigin(request);
    const refused = corsCheck(params, { phase: "actual", origin, credentialsMode }, response);
    if (refused !== undefined) return refused;
  }
  return request.responseTainting === "opaque" ? crossOriginResourcePolicyCheck(params, response) : undefined;
}

function redirected(
  params: FetchParams,
  request: FetchRequest,
  response: ServerResponse,
): FetchedResponse | Promise<FetchedResponse> {
  switch (request.redirectMode) {
    case "error": {
      if (isEmptyLocation(params, response)) return response;
      dropBody(response);
      const refused = refusedBeforeMode(params, response);
      if (refused !== undefined) return refused;
      const message = `The answer is a redirect (status ${response.status}), and the page asked for redirect: "error".`;
      return failed(params, "http-fetch/redirect", "redirect-not-followed", message);
    }
    case "manual":
      return filterResponse("opaqueredirect", request, response, params.behaviour);
    case "follow":
      return httpRedirectFetch(params, response);
  }
}

/** Some engines look at the user information in `Location` before they look at the redirect mode. */
function refusedBeforeMode(params: FetchParams, response: ServerResponse): NetworkError | undefined {
  if (!params.behaviour.networkRejectsRedirectBeforeCors) return undefined;
  const location = locationUrl(response, currentUrl(params.request), params.behaviour);
  return location instanceof URL ? checkLocationCredentials(params, location) : undefined;
}

/** Is there a `Location` of no bytes, which some engines take for none? */
function isEmptyLocation({ behaviour }: FetchParams, response: ServerResponse): boolean {
  return behaviour.emptyLocation !== "base-url" && getHeader(response.headerList, "location") === "";
}

/** Does the server have to be asked, because nothing that it permitted before covers the request? */
function needsPreflight(params: FetchParams): boolean {
  const { request, behaviour, preflightCache } = params;
  if (!usesCache(params)) return true;
  const query = preflightCacheQuery(request, behaviour);
  const now = params.now();
  const methodNeeds = !isSafelistedMethod(request.method) || request.useCorsPreflight;
  if (methodNeeds && !preflightCache.matchesMethod(query, request.method, now, behaviour)) return true;
  const names = corsUnsafeRequestHeaderNames(request.headerList, behaviour);
  if (names.some((name) => !preflightCache.matchesHeaderName(query, name, now, behaviour))) return true;
  if (!methodNeeds && names.length === 0) return true;
  note(params, "cors-preflight-cache/match", "An earlier preflight permits this request, so there is no new one.");
  return false;
}

function usesCache({ request, behaviour }: FetchParams): boolean {
  if (request.origin === "null" && !behaviour.opaqueOriginUsesPreflightCache) return false;
  return !behaviour.cacheModesWithoutPreflightCache.includes(request.cacheMode);
}
