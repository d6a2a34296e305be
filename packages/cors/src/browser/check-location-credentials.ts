import { type FetchParams, failed } from "./fetch-params.ts";
import type { NetworkError } from "./response.ts";
import { isSameOrigin } from "./serialize-request-origin.ts";

/**
 * May a redirect lead to this URL, with the user name or password that stands in it?
 *
 * @returns the failure, or undefined if there is none
 * @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
export function checkLocationCredentials(params: FetchParams, location: URL): NetworkError | undefined {
  return hasUserinfo(location) && isForbidden(params, location) ? credentialsInLocation(params) : undefined;
}

/** Is there a user name or a password in the URL? */
export function hasUserinfo(location: URL): boolean {
  return location.username !== "" || location.password !== "";
}

/** The failure of a redirect that leads to such a URL. */
export function credentialsInLocation(params: FetchParams): NetworkError {
  const message = "Location has a user name or a password in it.";
  return failed(params, "http-redirect-fetch/credentials", "redirect-contains-credentials", message);
}

function isForbidden({ request, behaviour }: FetchParams, location: URL): boolean {
  if (behaviour.userinfoRedirectAlwaysFails || request.responseTainting === "cors") return true;
  if (behaviour.ownOriginRedirectsToUserinfo) return false;
  return request.mode === "cors" && !isSameOrigin(request.origin, location.origin);
}
