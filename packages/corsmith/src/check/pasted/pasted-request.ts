import { type Header, hidden } from "@corsmith/cors/browser";
import { headerMembers, headerValue, withoutHeader } from "../../live/headers.ts";

/** A request as it was copied from a browser: with everything that the browser added to it. */
export interface PastedRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers: readonly Header[];
  readonly body?: string;
  readonly credentials?: boolean;
  readonly mode?: "cors" | "no-cors" | "same-origin";
  readonly insecure?: boolean;
  /** What was passed over, in words. */
  readonly notes: readonly string[];
}

/** The request as the page made it. */
export interface PageRequest extends PastedRequest {
  /** From `Origin`, or else from `Referer`. */
  readonly origin?: string;
  readonly cookies?: string;
}

/** What was pasted cannot be read. */
export class PasteError extends Error {
  override readonly name = "PasteError";
  /** What to do. */
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

/** What browsers add by themselves. A script cannot set most of them, so they take no part in the check. */
const addedByBrowsers =
  /^(?:host|connection|content-length|user-agent|origin|referer|accept-encoding|accept-language|cookie2?|sec-.*|proxy-.*|dnt|priority|te|trailer|upgrade|upgrade-insecure-requests|keep-alive|date|expect|transfer-encoding|if-none-match|if-modified-since|access-control-request-.*)$/i;

/** Removes what the browser added, so that what the page asked for is left. A copied preflight becomes the request that it is for. */
export function toPageRequest(pasted: PastedRequest): PageRequest {
  const { headers } = pasted;
  const origin = headerValue(headers, "origin") ?? originOf(headerValue(headers, "referer"));
  const cookies = headerValue(headers, "cookie");
  const credentials = pasted.credentials ?? cookies !== undefined;
  const method = headerValue(headers, "access-control-request-method") ?? pasted.method;
  const asked = headerMembers(headers, "access-control-request-headers").map((name): Header => [name, hidden]);
  return {
    ...pasted,
    ...(method === undefined ? {} : { method }),
    headers: [...withoutReload(headers).filter(([name]) => !addedByBrowsers.test(name)), ...asked],
    credentials,
    ...(origin === undefined ? {} : { origin }),
    ...(cookies === undefined ? {} : { cookies }),
  };
}

/** With its tools open and the cache disabled, a browser adds this pair; a script that adds both is rare. */
function withoutReload(headers: readonly Header[]): readonly Header[] {
  const reloads = ["cache-control", "pragma"].every((name) => headerValue(headers, name) === "no-cache");
  return reloads ? withoutHeader(withoutHeader(headers, "cache-control"), "pragma") : headers;
}

function originOf(referrer: string | undefined): string | undefined {
  const origin = referrer === undefined ? undefined : URL.parse(referrer)?.origin;
  return origin === "null" ? undefined : origin;
}
