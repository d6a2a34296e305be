import type { RequestFacts } from "../decide/decision.ts";

/**
 * Reads what a decision needs from a request of the Fetch form. `Headers` joins repeated lines with a comma, and no origin has one: two
 * of them are refused as they must be.
 */
export function factsFromRequest(request: Request): RequestFacts {
  const { headers, method, url } = request;
  const get = (name: string): string | undefined => headers.get(name) ?? undefined;
  return {
    method,
    origin: get("origin"),
    requestMethod: get("access-control-request-method"),
    requestHeaders: get("access-control-request-headers"),
    host: hostOf(url),
    fetchSite: get("sec-fetch-site"),
    upgrade: get("upgrade")?.toLowerCase() === "websocket",
  };
}

function hostOf(url: string): string {
  const start = url.indexOf("://") + 3;
  const end = url.indexOf("/", start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}
