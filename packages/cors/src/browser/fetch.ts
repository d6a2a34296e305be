import type { FetchParams } from "./fetch-params.ts";
import { containsHeader, type HeaderList } from "./header-list.ts";
import type { FetchRequest } from "./request.ts";
import type { FetchedResponse } from "./response.ts";

/**
 * Begins a fetch: adds the `Accept` that a browser sends for a script that names none, and goes to main fetch.
 *
 * @see https://fetch.spec.whatwg.org/#concept-fetch
 */
export function fetch(params: FetchParams): Promise<FetchedResponse> {
  return params.mainFetch({ ...params, request: withAccept(params.request) }, false);
}

function withAccept(request: FetchRequest): FetchRequest {
  if (containsHeader(request.headerList, "accept")) return request;
  const headerList: HeaderList = [...request.headerList, ["Accept", "*/*"]];
  return { ...request, headerList, firstMade: { ...request.firstMade, headerList } };
}
