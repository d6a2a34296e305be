import { isHttpScheme } from "./bad-port.ts";
import { type FetchParams, failed } from "./fetch-params.ts";
import type { NetworkError } from "./response.ts";

/**
 * Does a redirect stay with `http:` and `https:`?
 *
 * @returns the failure, or undefined if it does
 * @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
export function checkLocationScheme(params: FetchParams, location: URL): NetworkError | undefined {
  if (isHttpScheme(location)) return undefined;
  const message = `Location leads to ${location.protocol}, which is not http: or https:.`;
  return failed(params, "http-redirect-fetch/scheme", "redirect-non-http-scheme", message);
}
