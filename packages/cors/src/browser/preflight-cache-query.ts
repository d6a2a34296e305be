import type { Behaviour } from "./behaviour.ts";
import type { CacheQuery } from "./cors-preflight-cache.ts";
import { currentUrl, type FetchRequest } from "./request.ts";
import { serializeRequestOrigin } from "./serialize-request-origin.ts";

/**
 * Under what the permissions for this request are kept: the whole URL, though its fragment never reaches the server.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cache-match
 */
export function preflightCacheQuery(request: FetchRequest, behaviour: Behaviour): CacheQuery {
  return {
    origin: behaviour.preflightOriginIgnoresRedirects ? request.origin : serializeRequestOrigin(request),
    url: currentUrl(request).href,
    credentials: request.credentialsMode === "include",
  };
}
