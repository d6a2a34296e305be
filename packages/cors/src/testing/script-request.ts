import { headerLines } from "../browser/header-list.ts";
import type { HeaderList } from "../browser/index.ts";
import { isForbiddenRequestHeader } from "../http/header-names.ts";
import { parseUrl } from "../http/parse-url.ts";
import { parseOrigin } from "../origin/parse-origin.ts";
import type { HarEntry } from "./read-har.ts";

/** The origin of the page that asked, and what says so. */
export interface PageOrigin {
  /** Serialized; `"null"` if the browser sent that. */
  readonly origin: string;
  readonly from: "Origin" | "Referer" | "page";
}

/** Which page made a recorded request; undefined if the recording does not say. */
export function pageOriginOf({ headers, pageTitle }: HarEntry): PageOrigin | undefined {
  const sent = headerOf(headers, "origin");
  if (sent === "null" || (sent !== undefined && parseOrigin(sent) !== undefined))
    return { origin: sent, from: "Origin" };
  const referer = originOf(headerOf(headers, "referer"));
  if (referer !== undefined) return { origin: referer, from: "Referer" };
  const page = originOf(pageTitle);
  return page === undefined ? undefined : { origin: page, from: "page" };
}

/** The first line of this name, in lower case. */
export function headerOf(headers: HeaderList, lowerName: string): string | undefined {
  return headerLines(headers, lowerName)[0];
}

function originOf(url: string | undefined): string | undefined {
  if (url === undefined || !/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) return undefined;
  const parsed = parseUrl(url);
  return parsed === null || parsed.origin === "null" ? undefined : parsed.origin;
}

const safelisted: ReadonlySet<string> = new Set(
  "accept accept-language content-language content-type range".split(" "),
);

/** Names that scripts may set and hardly ever do, while browsers set them themselves, or do so while their developer tools are open. */
const browsersOwn: ReadonlySet<string> = new Set([
  ..."accept-language cache-control device-memory downlink dpr ect if-modified-since if-none-match pragma".split(" "),
  ..."priority rtt save-data upgrade-insecure-requests user-agent viewport-width width".split(" "),
]);

/**
 * The headers that the script itself set, as far as the recording shows. With a recorded preflight it is certain: beyond
 * the safelist, a script's headers are those that the browser asked for.
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
