import type { Behaviour } from "../engines/behaviour.ts";
import type { FetchParams } from "../fetch-params.ts";
import type { Header } from "../header-list.ts";
import { currentUrl, type FetchRequest } from "../request/request.ts";
import { isSameSite, redirectTaint } from "../request/request-origin.ts";

/** How much a request may carry, by who asks. */
export interface CookieContext {
  readonly http: true;
  /** `strict`: the page is of the same site; `none`: only cookies with `SameSite=None`. */
  readonly sameSiteContext: "strict" | "none";
  /** A bad cookie does not fail the fetch. */
  readonly ignoreError: true;
}

/** Where cookies are kept. A `CookieJar` of the package `tough-cookie` is one. */
export interface CookieJar {
  /** The value of the `Cookie` header for this URL; empty if there are no cookies. */
  getCookieString(url: string, context: CookieContext): Promise<string>;
  /** Takes one `Set-Cookie` line. */
  setCookie(line: string, url: string, context: CookieContext): Promise<unknown>;
}

/**
 * Adds the cookies that the jar has for the current URL.
 *
 * @see https://fetch.spec.whatwg.org/#cookie-header
 */
export async function appendRequestCookieHeader(params: FetchParams, headers: Header[]): Promise<void> {
  const { request, cookieJar, behaviour } = params;
  if (cookieJar === undefined) return;
  const value = await cookieJar.getCookieString(currentUrl(request).href, cookieContext(request, behaviour));
  if (value !== "") headers.push(["Cookie", value]);
}

/**
 * Is the page of the site that it calls, so that cookies with `SameSite` go along?
 *
 * @see https://fetch.spec.whatwg.org/#cookie-infrastructure
 */
export function cookieContext(request: FetchRequest, behaviour: Behaviour): CookieContext {
  const opaque = request.origin === "null";
  const ownSite = opaque
    ? behaviour.laxCookiesFromOpaqueOrigin
    : isSameSite(request.origin, currentUrl(request).origin);
  const tainted = !opaque && redirectTaint(request) === "cross-site";
  return { http: true, sameSiteContext: ownSite && !tainted ? "strict" : "none", ignoreError: true };
}
