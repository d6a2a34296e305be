import type { RequestFacts } from "./decision.ts";

/**
 * Is this a request that `crossOriginProtection` refuses when its origin is not allowed? CORS itself stops no request: it only keeps
 * the answer from the page, and a simple POST has then already been carried out.
 *
 * Safe methods pass, and so does what no browser sent (no `Origin`, no `Sec-Fetch-Site`). `Sec-Fetch-Site` is believed first, since no
 * script can set it; where it is missing, a foreign `Origin` speaks.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function refusesUnprotected(request: RequestFacts): boolean {
  if (request.upgrade === true) return true;
  if (request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS") return false;
  return request.fetchSite !== "same-origin" && request.fetchSite !== "none";
}
