import type { RequestFacts } from "../decide/decision.ts";
import { headerLines } from "../http/header-lines.ts";
import type { RawRequest } from "../http/node-messages.ts";

export type { RawRequest } from "../http/node-messages.ts";

const wanted: readonly string[] = [
  "origin",
  "access-control-request-method",
  "access-control-request-headers",
  "host",
  ":authority",
  "sec-fetch-site",
  "upgrade",
];

/**
 * The first byte of the wanted names, by their length (those of one length begin alike). By these two, nearly every header of a request
 * is passed over without a lower-case copy of its name.
 */
const firstBytes: readonly number[] = /* @__PURE__ */ Array.from(
  { length: /* @__PURE__ */ wanted.reduce((most, { length }) => Math.max(most, 1 + length), 0) },
  (_, length) => wanted.find((name) => name.length === length)?.charCodeAt(0) ?? 0,
);

function isWanted(name: string): boolean {
  // 0x20 makes a letter lower case and leaves the colon as it is.
  return (name.charCodeAt(0) | 0x20) === firstBytes[name.length];
}

/**
 * Reads what a decision needs from the raw lines of a request. Not from `req.headers` where it can be helped: there, Node joins some
 * repeated lines and silently drops others, and two `Origin` lines must be seen to be refused.
 *
 * @returns `undefined` if the host handed over no headers that can be read; that must not be taken for a request without an `Origin`
 */
export function factsFromRawHeaders(request: RawRequest): RequestFacts | undefined {
  const rawHeaders = headerLines(request);
  if (rawHeaders === undefined) return undefined;
  let origin: string | string[] | undefined;
  let requestMethod: string | undefined;
  let requestHeaders: string | string[] | undefined;
  let host: string | undefined;
  let fetchSite: string | undefined;
  let upgrade = false;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    const value = rawHeaders[index + 1] ?? "";
    if (!isWanted(name)) continue;
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
