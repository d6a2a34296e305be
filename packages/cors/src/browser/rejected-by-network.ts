import { type FetchParams, failed } from "./fetch-params.ts";
import { headerLines } from "./header-list.ts";
import { locationUrl } from "./location-url.ts";
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
  if (location !== "failure") return undefined;
  const several = new Set(headerLines(response.headerList, "location")).size > 1;
  const atOnce = several
    ? behaviour.severalLocations === "fail-at-once-if-different"
    : behaviour.networkRejectsRedirectBeforeCors;
  return atOnce ? badLocation(params) : undefined;
}

function badLocation(params: FetchParams): NetworkError {
  return failed(params, "http-redirect-fetch/location", "redirect-invalid-location", "Location is not one URL.");
}
