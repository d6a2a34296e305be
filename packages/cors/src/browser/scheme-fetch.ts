import { isHttpScheme } from "./bad-port.ts";
import { dataUrlResponse } from "./data-url.ts";
import { type FetchParams, failed } from "./fetch-params.ts";
import { httpFetch } from "./http-fetch.ts";
import { currentUrl } from "./request.ts";
import type { FetchedResponse } from "./response.ts";

/**
 * Fetches by the URL's scheme. A page of the simulator has no blobs and no files.
 *
 * @see https://fetch.spec.whatwg.org/#scheme-fetch
 */
export function schemeFetch(params: FetchParams): FetchedResponse | Promise<FetchedResponse> {
  const url = currentUrl(params.request);
  if (isHttpScheme(url)) return httpFetch(params, false);
  if (url.protocol === "data:") {
    const response = dataUrlResponse(url);
    return (
      response ?? failed(params, "scheme-fetch/data", "invalid-data-url", "The data: URL has no comma or bad base64.")
    );
  }
  const message = `The scheme ${url.protocol} can not be fetched here.`;
  return failed(params, "scheme-fetch/scheme", "cors-disabled-scheme", message);
}
