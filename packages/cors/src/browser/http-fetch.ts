import { isSafelistedMethod } from "../http/methods.ts";
import { type CacheQuery, preflightCacheQuery } from "./cache/cors-preflight-cache.ts";
import { corsCheck } from "./cors/cors-check.ts";
import { corsPreflightFetch } from "./cors/cors-preflight-fetch.ts";
import { crossOriginResourcePolicyCheck } from "./cors/cross-origin-resource-policy-check.ts";
import { corsUnsafeRequestHeaderNames } from "./cors/safelisted-request-headers.ts";
import { type FetchParams, failed, note } from "./fetch-params.ts";
import { containsHeader, getHeader } from "./header-list.ts";
import { httpNetworkOrCacheFetch } from "./network-fetch.ts";
import { httpRedirectFetch } from "./redirect/http-redirect-fetch.ts";
import { checkLocationCredentials, checkLocationScheme, locationUrl, rejectedByNetwork } from "./redirect/location.ts";
import { currentUrl } from "./request/request.ts";
import { serializeRequestOrigin } from "./request/request-origin.ts";
import { filterResponse } from "./response/filtered-response.ts";
import {
  dropBody,
  type FetchedResponse,
  isRedirectStatus,
  type ServerResponse,
  type Verdict,
} from "./response/response.ts";

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
  const refusedLate = request.lateCheck?.();
  if (refusedLate !== undefined) return refusedLate;
  const response = await httpNetworkOrCacheFetch(params);
  if (response.type === "error") return response;
  const failure = checkResponse(params, response);
  if (failure !== undefined) {
    dropBody(response);
    return failure;
  }
  return isRedirectStatus(response.status) ? redirected(params, response) : response;
}

function checkResponse(params: FetchParams, response: ServerResponse): Verdict {
  const { request } = params;
  const rejected = rejectedByNetwork(params, response);
  if (rejected !== undefined) return rejected;
  if (request.responseTainting === "cors") {
    const { credentialsMode } = request;
    const origin = serializeRequestOrigin(request);
    const refused = corsCheck(params, { phase: "actual", origin, credentialsMode }, response);
    if (refused !== undefined) return refused;
  }
  return request.responseTainting === "opaque" ? crossOriginResourcePolicyCheck(params, response) : undefined;
}

function redirected(params: FetchParams, response: ServerResponse): FetchedResponse | Promise<FetchedResponse> {
  const { request } = params;
  switch (request.redirectMode) {
    case "error": {
      if (params.behaviour.errorModeNeedsLocation && !getHeader(response.headerList, "location")) return response;
      dropBody(response);
      const refused = refusedBeforeMode(params, response);
      if (refused !== undefined) return refused;
      const facts = { header: "Location", status: response.status } as const;
      return failed(params, "http-fetch/redirect", "redirect-not-followed", facts);
    }
    case "manual":
      return filterResponse("opaqueredirect", request, response, params.behaviour);
    case "follow":
      return httpRedirectFetch(params, response);
  }
}

/** Some engines look at `Location` before they look at the redirect mode. */
function refusedBeforeMode(params: FetchParams, response: ServerResponse): Verdict {
  if (!params.behaviour.checksRedirectBeforeMode) return undefined;
  const location = locationUrl(response, currentUrl(params.request), params.behaviour);
  if (!(location instanceof URL)) return undefined;
  return checkLocationScheme(params, location) ?? checkLocationCredentials(params, location);
}

/** Does the server have to be asked, because nothing that it permitted before covers the request? */
function needsPreflight(params: FetchParams): boolean {
  if (!usesCache(params)) return true;
  const query = preflightCacheQuery(params.request, params.behaviour);
  if (!isPermitted(params, query)) {
    forgetOnMiss(params, query);
    return true;
  }
  note(params, "cors-preflight-cache/match", {});
  return false;
}

/** Some engines forget an answer that does not cover a request. */
function forgetOnMiss({ preflightCache, behaviour, now }: FetchParams, query: CacheQuery): void {
  const which = behaviour.missClearsPreflightCache;
  const forgets = which === "always" || (which === "credentials" && preflightCache.lacksCredentials(query, now()));
  if (forgets) preflightCache.clear(query);
}

function isPermitted({ request, behaviour, preflightCache, now }: FetchParams, query: CacheQuery): boolean {
  const time = now();
  const unnamed = request.method === "HEAD" && behaviour.headNeedsCachedName;
  const methodNeeds = !isSafelistedMethod(request.method) || request.useCorsPreflight || unnamed;
  if (methodNeeds && !preflightCache.matchesMethod(query, request.method, time, behaviour)) return false;
  const names = corsUnsafeRequestHeaderNames(request.headerList, behaviour);
  if (names.some((name) => !preflightCache.matchesHeaderName(query, name, time, behaviour))) return false;
  return methodNeeds || names.length > 0;
}

function usesCache({ request, behaviour }: FetchParams): boolean {
  if (serializeRequestOrigin(request) === "null" && !behaviour.opaqueOriginUsesPreflightCache) return false;
  const isDefault = request.cacheMode === "default";
  if (isDefault && behaviour.headersWithoutPreflightCache.some((name) => containsHeader(request.headerList, name))) {
    return false;
  }
  return !behaviour.cacheModesWithoutPreflightCache.includes(request.cacheMode);
}
