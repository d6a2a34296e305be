import type { HeaderList } from "../browser/index.ts";
import { parseOrigin } from "../origin/parse-origin.ts";
import type { HarEntry } from "./har-entry.ts";

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
  return headers.find(([name]) => name.toLowerCase() === lowerName)?.[1];
}

function originOf(url: string | undefined): string | undefined {
  if (url === undefined || !/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) return undefined;
  const parsed = URL.parse(url);
  return parsed === null || parsed.origin === "null" ? undefined : parsed.origin;
}
