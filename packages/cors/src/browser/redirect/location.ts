import { parseUrl } from "../../http/parse-url.ts";
import type { Behaviour } from "../engines/behaviour.ts";
import { type FetchParams, failed } from "../fetch-params.ts";
import { headerLines } from "../header-list.ts";
import { currentUrl, isHttpScheme } from "../request/request.ts";
import { isSameOrigin } from "../request/request-origin.ts";
import { isRedirectStatus, type NetworkError, type ServerResponse, type Verdict } from "../response/response.ts";

/**
 * Where a redirect leads: null if it has no `Location`, `failure` if that is not a URL.
 *
 * @param base the URL that was redirected
 * @see https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function locationUrl(response: ServerResponse, base: URL, behaviour: Behaviour): URL | "failure" | null {
  const location = onlyLocation(headerLines(response.headerList, "location"), behaviour);
  if (location === null || location === "failure") return location;
  if (location.value === "" && behaviour.emptyLocation !== "base-url") {
    return behaviour.emptyLocation === "returned" ? null : "failure";
  }
  // One char is one byte here, and a URL is text: browsers read the bytes as UTF-8.
  const parsed = parseUrl(decodeUtf8(location.value), base.href);
  if (parsed === null) return "failure";
  if (parsed.hash === "" && !parsed.href.endsWith("#")) parsed.hash = base.hash;
  return parsed;
}

function onlyLocation(lines: readonly string[], behaviour: Behaviour): { value: string } | "failure" | null {
  const [first] = lines;
  if (first === undefined) return null;
  if (lines.length === 1 || behaviour.severalLocations === "joined") return { value: lines.join(", ") };
  const same = lines.every((line) => line === first);
  return same && behaviour.severalLocations === "fail-at-once-if-different" ? { value: first } : "failure";
}

function decodeUtf8(bytes: string): string {
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}

/** How many redirects are followed. */
const maxRedirects = 20;

/** The failure of a `Location` that is not one URL. */
export function invalidLocation(params: FetchParams, { status }: ServerResponse): NetworkError {
  return failed(params, "http-redirect-fetch/location", "redirect-invalid-location", { header: "Location", status });
}

/** Were there as many redirects as a browser follows? */
export function checkRedirectCount(params: FetchParams): Verdict {
  if (params.request.redirectCount < maxRedirects) return undefined;
  return failed(params, "http-redirect-fetch/count", "redirect-too-many", { header: "Location", count: maxRedirects });
}

/** Does a redirect stay with `http:` and `https:`? */
export function checkLocationScheme(params: FetchParams, location: URL): Verdict {
  if (isHttpScheme(location)) return undefined;
  const facts = { header: "Location", scheme: location.protocol } as const;
  return failed(params, "http-redirect-fetch/scheme", "redirect-non-http-scheme", facts);
}

/** May a redirect lead to this URL, with the user name or password that stands in it? */
export function checkLocationCredentials(params: FetchParams, location: URL): Verdict {
  return hasUserinfo(location) && isForbidden(params, location) ? credentialsInLocation(params) : undefined;
}

/** Is there a user name or a password in the URL? */
export function hasUserinfo(location: URL): boolean {
  return location.username !== "" || location.password !== "";
}

/** The failure of a redirect that leads to such a URL. */
export function credentialsInLocation(params: FetchParams): NetworkError {
  return failed(params, "http-redirect-fetch/credentials", "redirect-contains-credentials", { header: "Location" });
}

function isForbidden({ request, behaviour }: FetchParams, location: URL): boolean {
  if (behaviour.userinfoRedirectAlwaysFails || request.responseTainting === "cors") return true;
  if (behaviour.ownOriginRedirectsToUserinfo) return false;
  return request.mode === "cors" && !isSameOrigin(request.origin, location.origin);
}

/** A redirect that the network layer of an engine does not pass on, because `Location` is not a URL. */
export function rejectedByNetwork(params: FetchParams, response: ServerResponse): Verdict {
  const { request, behaviour } = params;
  if (!isRedirectStatus(response.status)) return undefined;
  const location = locationUrl(response, currentUrl(request), behaviour);
  if (location === null) return undefined;
  const follows = behaviour.failsToFollowBeforeCors && request.redirectMode === "follow";
  if (location === "failure")
    return follows || failsAtOnce(response, behaviour) ? invalidLocation(params, response) : undefined;
  if (!follows) return undefined;
  const cannotFollow = ["data:", "blob:", "file:"].includes(location.protocol);
  return cannotFollow ? checkLocationScheme(params, location) : checkRedirectCount(params);
}

function failsAtOnce(response: ServerResponse, behaviour: Behaviour): boolean {
  const several = new Set(headerLines(response.headerList, "location")).size > 1;
  if (several) return behaviour.severalLocations === "fail-at-once-if-different";
  return behaviour.networkRejectsRedirectBeforeCors;
}
