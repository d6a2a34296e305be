import type { HeaderList } from "../browser/index.ts";
import { isForbiddenRequestHeader } from "../http/header-names.ts";
import type { HarEntry } from "./har-entry.ts";
import { headerOf } from "./page-origin.ts";

const safelisted: ReadonlySet<string> = new Set([
  "accept",
  "accept-language",
  "content-language",
  "content-type",
  "range",
]);

/** Names that scripts may set and hardly ever do, while browsers set them themselves, or do so while their developer tools are open. */
const browsersOwn: ReadonlySet<string> = new Set([
  "accept-language",
  "cache-control",
  "device-memory",
  "downlink",
  "dpr",
  "ect",
  "if-modified-since",
  "if-none-match",
  "pragma",
  "priority",
  "rtt",
  "save-data",
  "upgrade-insecure-requests",
  "user-agent",
  "viewport-width",
  "width",
]);

/**
 * The headers that the script itself set, as far as it can be told. With a recorded preflight it can: beyond the safelist, a script's
 * headers are those that the browser asked for.
 */
export function scriptHeaders({ headers }: HarEntry, preflight: HarEntry | undefined): HeaderList {
  const asked = preflight === undefined ? undefined : askedNames(preflight);
  return headers.filter(([name]) => {
    const lowerName = name.toLowerCase();
    if (isForbiddenRequestHeader(lowerName)) return false;
    if (asked?.has(lowerName) === true) return true;
    if (browsersOwn.has(lowerName)) return false;
    return asked === undefined || safelisted.has(lowerName);
  });
}

/** What a preflight asked for, in lower case. */
export function askedNames({ headers }: HarEntry): ReadonlySet<string> {
  const names = (headerOf(headers, "access-control-request-headers") ?? "").split(",");
  return new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ""));
}
