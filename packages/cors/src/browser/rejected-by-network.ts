import type { Behaviour } from "./behaviour.ts";
import { checkLocationScheme } from "./check-location-scheme.ts";
import { type FetchParams, failed } from "./fetch-params.ts";
import { headerLines } from "./header-list.ts";
import { locationUrl } from "./location-url.ts";
import { maxRedirects } from "./max-redirects.ts";
import { currentUrl } from "./request.ts";
import { isRedirectStatus, type NetworkError, type ServerResponse } from "./response.ts";

/**
 * A redirect that the network layer of an engine does not hand on, because `Location` is no URL.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
export function rejectedByNetwork(params: FetchParams, response: ServerResponse): NetworkError | undefined {
  const { request, behaviour } = params;
  if (!isRedirectStatus(response.status)) return undefined;
  const location = locationUrl(response, currentUrl(request), behaviour);
  if (location === null) return undefined;
  const follows = behaviour.failsToFollowBeforeCors && request.redirectMode === "follow";
  if (location === "failure") return follows || failsAtOnce(response, behaviour) ? badLocation(params) : undefined;
  return follows ? cannotFollow(params, location) : undefined;
}

function failsAtOnce(response: ServerResponse, behaviour: Behaviour): boolean {
  const several = new Set(headerLines(response.headerList, "location")).size > 1;
  if (several) return behaviour.severalLocations === "fail-at-once-if-different";
  return behaviour.networkRejectsRedirectBeforeCors;
}

function cannotFollow(params: FetchParams, location: URL): NetworkError | undefined {
  if (["data:", "blob:", "file:"].includes(location.protocol)) return checkLocationScheme(params, location);
  if (params.request.redirectCount < maxRedirects) return undefined;
  return failed(params, "http-redirect-fetch/count", "redirect-too-many", "There were 20 redirects before this one.");
}

function badLocation(params: FetchParams): NetworkError {
  return failed(params, "http-redirect-fetch/location", "redirect-invalid-location", "Location is not one URL.");
}
