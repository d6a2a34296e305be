import { isIpHost } from "../../origin/host.ts";
import { isPublicSuffix } from "../../origin/public-suffix-table.ts";
import type { Behaviour } from "../engines/behaviour.ts";
import type { Header } from "../header-list.ts";
import { currentUrl, type FetchRequest } from "./request.ts";

/** What the redirects so far make of the request's origin. @see https://fetch.spec.whatwg.org/#concept-request-tainted-origin */
export function redirectTaint(request: FetchRequest): "same-origin" | "same-site" | "cross-site" {
  let taint: "same-origin" | "same-site" = "same-origin";
  let last: string | undefined;
  for (const { origin } of request.urlList) {
    if (last !== undefined && !isSameOrigin(origin, last) && !isSameOrigin(request.origin, last)) {
      if (!isSameSite(origin, last) && !isSameSite(request.origin, last)) return "cross-site";
      taint = "same-site";
    }
    last = origin;
  }
  return taint;
}

/**
 * The value of `Origin`, and what `Access-Control-Allow-Origin` has to equal.
 *
 * @see https://fetch.spec.whatwg.org/#serializing-a-request-origin
 */
export function serializeRequestOrigin(request: FetchRequest): string {
  if (request.urlList.length > 1 && redirectTaint(request) !== "same-origin") return "null";
  return request.origin;
}

/**
 * Are two serialized origins the same? An opaque one is the same as no other.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-origin
 */
export function isSameOrigin(a: string, b: string): boolean {
  return a === b && a !== "null";
}

/** Is the current URL of the page's own origin? */
export function isAtOwnOrigin(request: FetchRequest): boolean {
  return isSameOrigin(currentUrl(request).origin, request.origin);
}

/**
 * Adds `Origin` where the standard requires it. The referrer policy is the default one, `strict-origin-when-cross-origin`.
 *
 * @see https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
export function appendRequestOriginHeader(request: FetchRequest, headers: Header[], behaviour: Behaviour): void {
  const serialized = serializeRequestOrigin(request);
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (request.responseTainting === "cors" || hasOriginAnyway(request, behaviour)) {
    headers.push(["Origin", serialized]);
  } else if (!isRead) {
    const downgrade = request.origin.startsWith("https:") && currentUrl(request).protocol !== "https:";
    headers.push(["Origin", request.mode !== "cors" && downgrade ? "null" : serialized]);
  } else {
    return;
  }
  request.originSent = true;
}

/** Does this engine send an `Origin` where the standard does not? */
function hasOriginAnyway(request: FetchRequest, behaviour: Behaviour): boolean {
  if (request.originSent && behaviour.keepsOriginOnceSent) return true;
  if (request.origin !== "null" || request.credentialsMode !== "include" || request.mode !== "no-cors") return false;
  switch (behaviour.opaqueOriginSentWithCredentials) {
    case "never":
      return false;
    case "until-method-changes":
      return request.method === request.firstMade.method;
    case "until-origin-changes":
      return request.urlList.every(({ origin }) => origin === request.urlList[0]?.origin);
  }
}

/**
 * Are two serialized origins of one site: the same scheme and the same registrable domain, or the same host where there is no such domain?
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-site
 */
export function isSameSite(a: string, b: string): boolean {
  if (a === "null" || b === "null") return false;
  if (a === b) return true;
  return scheme(a) === scheme(b) && isSchemelesslySameSite(a, b);
}

/** As `isSameSite`, whatever the schemes. @see https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site */
export function isSchemelesslySameSite(a: string, b: string): boolean {
  return a !== "null" && b !== "null" && site(host(a)) === site(host(b));
}

/** Has this serialized origin an IP address for a host? */
export function isIpAddress(origin: string): boolean {
  return isIpHost(host(origin));
}

function scheme(origin: string): string {
  return origin.slice(0, origin.indexOf("://"));
}

function host(origin: string): string {
  return origin.slice(origin.indexOf("://") + 3).replace(/:\d+$/, "");
}

/** The label under a public suffix and the suffix; the host itself if it has no such part. */
function site(name: string): string {
  if (isIpHost(name)) return name;
  const labels = name.split(".");
  for (let start = 1; start < labels.length; start += 1) {
    const isTopLevel = start === labels.length - 1;
    if (isTopLevel || isPublicSuffix(labels.slice(start).join("."))) return labels.slice(start - 1).join(".");
  }
  return name;
}
