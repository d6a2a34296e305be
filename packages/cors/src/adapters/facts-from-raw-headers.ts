import type { RequestFacts } from "../decide/decision.ts";

/** The part of a Node request that a decision needs. HTTP/1 and HTTP/2 requests have it. */
export interface RawRequest {
  readonly method?: string | undefined;
  /** Names and values in turn, one pair a line, as they came. */
  readonly rawHeaders: readonly string[];
  /** The target of the request line. It decides nothing; whoever watches is told the path. */
  readonly url?: string | undefined;
  /** The same, where the host takes the prefix of a mounted application off `url`. */
  readonly originalUrl?: string | undefined;
}

/** The length of the longest name that is looked for: longer ones are passed over unread. */
const longestName = "access-control-request-headers".length;

/**
 * Reads what a decision needs from the raw lines of a request. Not from `req.headers`: there, Node joins some repeated lines and
 * silently drops others, and two `Origin` lines must be seen to be refused.
 */
export function factsFromRawHeaders(request: RawRequest): RequestFacts {
  const { rawHeaders } = request;
  let origin: string | string[] | undefined;
  let requestMethod: string | undefined;
  let requestHeaders: string | string[] | undefined;
  let host: string | undefined;
  let fetchSite: string | undefined;
  let upgrade = false;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (name.length > longestName) continue;
    const value = rawHeaders[index + 1] ?? "";
    switch (name.toLowerCase()) {
      case "origin":
        origin = addLine(origin, value);
        break;
      case "access-control-request-method":
        // Two methods are none: joined, they are not a token, and so they are refused.
        requestMethod = requestMethod === undefined ? value : `${requestMethod}, ${value}`;
        break;
      case "access-control-request-headers":
        requestHeaders = addLine(requestHeaders, value);
        break;
      case "host":
      case ":authority":
        host ??= value;
        break;
      case "sec-fetch-site":
        fetchSite ??= value;
        break;
      case "upgrade":
        upgrade = upgrade || value.toLowerCase() === "websocket";
        break;
    }
  }
  return { method: request.method ?? "", origin, requestMethod, requestHeaders, host, fetchSite, upgrade };
}

function addLine(before: string | string[] | undefined, value: string): string | string[] {
  if (before === undefined) return value;
  return typeof before === "string" ? [before, value] : [...before, value];
}
