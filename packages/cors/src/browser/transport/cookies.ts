import type { Behaviour } from "../engines/behaviour.ts";
import { type Header, type HeaderList, headerLines } from "../header-list.ts";
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

/** A part of `FetchParams`. */
interface CookieParams {
  readonly request: FetchRequest;
  readonly cookieJar: CookieJar | undefined;
  readonly behaviour: Behaviour;
}

/** Adds the cookies that the jar has for the current URL. @see https://fetch.spec.whatwg.org/#cookie-header */
export async function appendRequestCookieHeader(params: CookieParams, headers: Header[]): Promise<void> {
  const { request, cookieJar } = params;
  if (cookieJar === undefined) return;
  const value = await cookieJar.getCookieString(currentUrl(request).href, contextOf(params));
  if (value !== "") headers.push(["Cookie", value]);
}

/** Puts the cookies of an answer into the jar. @see https://fetch.spec.whatwg.org/#set-cookie-header */
export async function takeCookies(params: CookieParams, headers: HeaderList): Promise<void> {
  const { request, cookieJar } = params;
  if (cookieJar === undefined) return;
  for (const line of headerLines(headers, "set-cookie")) {
    await cookieJar.setCookie(line, currentUrl(request).href, contextOf(params));
  }
}

/** Is the page of the site that it calls, so that cookies with `SameSite` go along? @see https://fetch.spec.whatwg.org/#cookie-infrastructure */
function contextOf({ request, behaviour }: CookieParams): CookieContext {
  const opaque = request.origin === "null";
  const ownSite = opaque
    ? behaviour.laxCookiesFromOpaqueOrigin
    : isSameSite(request.origin, currentUrl(request).origin);
  const tainted = !opaque && redirectTaint(request) === "cross-site";
  return { http: true, sameSiteContext: ownSite && !tainted ? "strict" : "none", ignoreError: true };
}
