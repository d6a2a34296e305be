import type { Behaviour } from "./behaviour.ts";
import type { CookieContext } from "./cookie-jar.ts";
import type { FetchParams } from "./fetch-params.ts";
import type { Header } from "./header-list.ts";
import { currentUrl, type FetchRequest } from "./request.ts";
import { isSameSite } from "./same-site.ts";
import { redirectTaint } from "./serialize-request-origin.ts";

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
