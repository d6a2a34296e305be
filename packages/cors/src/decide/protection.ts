import type { RequestFacts } from "./decision.ts";

/**
 * Was this sent by the API's own page? A form post from there carries an `Origin` too. `Sec-Fetch-Site` is believed first, since no
 * script can set it, and it compares schemes too. Where it is missing, `Origin` is compared with `Host` without the scheme, which is
 * not known behind a proxy that ends TLS. Nothing is granted by it: a page of the same origin needs no CORS header.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function isOwnPage(origin: string | undefined, { host, fetchSite }: RequestFacts): boolean {
  // `none` says who began it, not whose page it was.
  if (isSaid(fetchSite) && fetchSite !== "none") return fetchSite === "same-origin";
  if (origin === undefined || !isSaid(host)) return false;
  const schemeEnd = origin.indexOf("://");
  return schemeEnd > 0 && origin.slice(schemeEnd + 3) === host;
}

/**
 * Is this a request that `crossOriginProtection` refuses, if neither its origin is allowed nor it is the API's own page? CORS itself
 * stops no request: it only keeps the answer from the page, and a simple POST has then already been carried out.
 *
 * Safe methods pass, for they change nothing; WebSocket upgrades are not safe, whatever their method. What no browser sent (no
 * `Origin`, no `Sec-Fetch-Site`) passes, and so does what the user began by hand. A relation that we do not know is a foreign one.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
 */
export function refusesUnprotected({ method, origin, fetchSite, upgrade }: RequestFacts): boolean {
  const safe = method === "GET" || method === "HEAD" || method === "OPTIONS";
  if (safe && upgrade !== true) return false;
  if (isSaid(fetchSite)) return fetchSite !== "same-origin" && fetchSite !== "none";
  return origin !== undefined && origin !== "";
}

/** An empty header says nothing. */
function isSaid(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
