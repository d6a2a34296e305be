import { isHttpScheme } from "./bad-port.ts";
import { type FetchParams, failed } from "./fetch-params.ts";
import { headerLines } from "./header-list.ts";
import { locationUrl } from "./location-url.ts";
import { currentUrl } from "./request.ts";
import { isRedirectStatus, type NetworkError, type ServerResponse } from "./response.ts";

/**
 * A redirect that the network layer of an engine does not hand on: `Location` is no URL, is no `http:` or `https:`, or it is the 21st.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
export function rejectedByNetwork(params: FetchParams, response: ServerResponse): NetworkError | undefined {
  const { request, behaviour } = params;
  if (!isRedirectStatus(response.status)) return undefined;
  const lines = headerLines(response.headerList, "location").length;
  if (lines > 1 && behaviour.severalLocations === "fail-at-once") return badLocation(params);
  if (!behaviour.networkRejectsRedirectBeforeCors) return undefined;
  const location = locationUrl(response, currentUrl(request), behaviour);
  if (location === null) return undefined;
  return location === "failure" ? badLocation(params) : rejectedLocation(params, location);
}

function badLocation(params: FetchParams): NetworkError {
  return failed(params, "http-redirect-fetch/location", "redirect-invalid-location", "Location is not one URL.");
}

function rejectedLocation(params: FetchParams, location: URL): NetworkError | undefined {
  if (params.request.redirectMode !== "manual" && !isHttpScheme(location)) {
    const message = `Location leads to ${location.protocol}, which is not http: or https:.`;
    return failed(params, "http-redirect-fetch/scheme", "redirect-non-http-scheme", message);
  }
  if (params.request.redirectCount >= 20) {
    return failed(params, "http-redirect-fetch/count", "redirect-too-many", "There were 20 redirects before this one.");
  }
  return undefined;
}
