import { currentUrl, type FetchRequest } from "./request.ts";
import { isSameSite } from "./same-site.ts";

/**
 * What the redirects so far make of the request's origin.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-tainted-origin
 */
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
