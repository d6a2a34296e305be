import type { Behaviour } from "./behaviour.ts";
import type { CacheQuery } from "./cors-preflight-cache.ts";
import { currentUrl, type FetchRequest } from "./request.ts";
import { serializeRequestOrigin } from "./serialize-request-origin.ts";

/**
 * Under what the permissions for this request are kept. A fragment is no part of it: it never reaches the server.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cache-match
 */
export function preflightCacheQuery(request: FetchRequest, behaviour: Behaviour): CacheQuery {
  const { href, hash } = currentUrl(request);
  return {
    origin: behaviour.preflightOriginIgnoresRedirects ? request.origin : serializeRequestOrigin(request),
    url: hash === "" || behaviour.preflightCacheKnowsFragments ? href : href.slice(0, href.indexOf("#")),
    credentials: request.credentialsMode === "include",
  };
}
