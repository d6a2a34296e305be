import { isIpHost } from "../origin/host.ts";
import { isPublicSuffix } from "../origin/public-suffix.ts";

/**
 * Are two serialized origins of one site: the same scheme and the same registrable domain, or the same host where there is none?
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
