import { type HeaderList, hidden, redactHeaders, redactUrl } from "../browser/index.ts";
import { parseUrl } from "../http/parse-url.ts";
import { groupBy } from "./group-by.ts";
import { type Har, type HarEntry, readHar } from "./read-har.ts";
import { askedNames, headerOf, type PageOrigin, pageOriginOf, scriptHeaders } from "./script-request.ts";

/** What became of a recorded request. */
export type HarOutcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly statusText: string;
      readonly headers: HeaderList;
      /** What the browser noted besides: some keep the answer of a request that CORS blocked. */
      readonly error?: string;
    }
  /** Blocked, cut off, or never sent: a recording does not say which. `error` is the browser's word, such as `net::ERR_FAILED`. */
  | { readonly kind: "no-answer"; readonly error?: string }
  /** Only its preflight is in the recording. */
  | { readonly kind: "not-recorded" };

/** A request to another origin than its page's, as a recording has it. Secrets are taken out: see `redactHeaders` and `redactUrl`. */
export interface HarRequest {
  /** Its place in `log.entries`, from 0; that of its preflight if only this was recorded. */
  readonly entry: number;
  /** Serialized; `"null"` for an opaque one. */
  readonly pageOrigin: string;
  /** What the page's origin was read from: the request's headers, or the recording's page. */
  readonly pageOriginFrom: PageOrigin["from"];
  readonly method: string;
  readonly url: string;
  /** Those that the script set, as far as the recording shows. */
  readonly headers: HeaderList;
  /** `include` if cookies went along; a recording without them proves nothing, for cookies are taken out of many. */
  readonly credentials: "include" | "unknown";
  readonly preflight?: HarOutcome;
  readonly outcome: HarOutcome;
}

/**
 * Lists the requests of a recording to which CORS applies, in order: those of scripts to another origin than their page's. Navigations,
 * images and their like are left out, and so are the later parts of a redirect. Preflights stand with their request.
 *
 * @throws {HarError} naming the place, if it is not a recording
 *
 * @example
 * ```ts
 * import { requestsOfHar } from "@corsmith/cors/testing";
 *
 * const request = {
 *   method: "PUT",
 *   url: "https://api.example.com/orders/1?token=abc",
 *   headers: [{ name: "Origin", value: "https://app.example.com" }],
 * };
 * const response = { status: 0, headers: [], _error: "net::ERR_FAILED" };
 * const [found] = requestsOfHar({ log: { entries: [{ request, response }] } });
 * console.assert(found?.pageOrigin === "https://app.example.com");
 * console.assert(found?.url === "https://api.example.com/orders/1?token=(hidden)");
 * console.assert(found?.outcome.kind === "no-answer");
 * ```
 */
export function requestsOfHar(har: Har): readonly HarRequest[] {
  const entries = readHar(har);
  const preflights = preflightsByRequest(entries);
  const hops = laterParts(entries);
  const found: HarRequest[] = [];
  for (const entry of entries) {
    if (isPreflight(entry) || hops.has(entry) || !isOfScript(entry)) continue;
    const preflight = takePreflight(entry, preflights);
    const page = pageOriginOf(entry) ?? (preflight === undefined ? undefined : pageOriginOf(preflight));
    if (page === undefined || page.origin === new URL(entry.url).origin) continue;
    found.push(toRequest(entry, page, preflight));
  }
  for (const preflight of [...preflights.values()].flatMap((left) => [...left])) {
    const page = pageOriginOf(preflight);
    if (page !== undefined) found.push(fromPreflight(preflight, page));
  }
  return found.sort((a, b) => a.entry - b.entry);
}

function isPreflight({ method, headers }: HarEntry): boolean {
  return method === "OPTIONS" && headerOf(headers, "access-control-request-method") !== undefined;
}

/** `Sec-Fetch-Mode` says it; where it is missing (plain http, older Safari), the kind of resource and `Origin` do. */
function isOfScript({ headers, resourceType, url }: HarEntry): boolean {
  if (!URL.canParse(url)) return false;
  const mode = headerOf(headers, "sec-fetch-mode");
  if (mode !== undefined) return mode === "cors";
  if (resourceType === "fetch" || resourceType === "xhr") return true;
  return headerOf(headers, "origin") !== undefined && resourceType !== "document" && resourceType !== "websocket";
}

/** The entries to which a redirect before them led. */
function laterParts(entries: readonly HarEntry[]): ReadonlySet<HarEntry> {
  const parts = new Set<HarEntry>();
  for (const [at, { url, answer }] of entries.entries()) {
    if (answer === undefined || answer.status < 300 || answer.status >= 400) continue;
    const location = headerOf(answer.headers, "location");
    const target = location === undefined ? null : parseUrl(location, url);
    if (target === null) continue;
    const next = entries.slice(at + 1, at + 20).find((entry) => entry.url === target.href && !isPreflight(entry));
    if (next !== undefined) parts.add(next);
  }
  return parts;
}

/** The preflights that no request has taken yet, by the method and the URL of the request. */
type Preflights = ReadonlyMap<string, Set<HarEntry>>;

function preflightsByRequest(entries: readonly HarEntry[]): Preflights {
  const keyOf = ({ headers, url }: HarEntry) => `${headerOf(headers, "access-control-request-method")} ${url}`;
  const grouped = groupBy(entries.filter(isPreflight), keyOf);
  return new Map([...grouped].map(([key, group]) => [key, new Set(group)]));
}

/** How many preflights of one request are compared: a hostile recording must not cost the square of its length. */
const maxCompared = 64;

/** Takes the preflight that stands nearest to the request: browsers write it before, behind, or far from it. */
function takePreflight(entry: HarEntry, preflights: Preflights): HarEntry | undefined {
  const candidates = preflights.get(`${entry.method} ${entry.url}`);
  let nearest: HarEntry | undefined;
  let compared = 0;
  for (const each of candidates ?? []) {
    if (nearest === undefined || distance(each, entry) < distance(nearest, entry)) nearest = each;
    compared += 1;
    if (compared === maxCompared) break;
  }
  if (nearest !== undefined) candidates?.delete(nearest);
  return nearest;
}

function distance(a: HarEntry, b: HarEntry): number {
  return Math.abs(a.index - b.index);
}

function toRequest(entry: HarEntry, page: PageOrigin, preflight: HarEntry | undefined): HarRequest {
  return {
    ...described(entry, page),
    method: entry.method,
    headers: redactHeaders(scriptHeaders(entry, preflight)),
    credentials: entry.carriesCookies ? "include" : "unknown",
    ...(preflight === undefined ? {} : { preflight: outcomeOf(preflight) }),
    outcome: outcomeOf(entry),
  };
}

/** What a preflight alone shows of its request: its method, and the names of its headers. */
function fromPreflight(preflight: HarEntry, page: PageOrigin): HarRequest {
  return {
    ...described(preflight, page),
    method: headerOf(preflight.headers, "access-control-request-method") ?? "",
    headers: [...askedNames(preflight)].map((name) => [name, hidden] as const),
    credentials: "unknown",
    preflight: outcomeOf(preflight),
    outcome: { kind: "not-recorded" },
  };
}

function described({ index, url }: HarEntry, { origin, from }: PageOrigin) {
  return { entry: index, pageOrigin: origin, pageOriginFrom: from, url: redactUrl(url) };
}

function outcomeOf({ answer, error }: HarEntry): HarOutcome {
  const noted = error === undefined ? {} : { error };
  if (answer === undefined) return { kind: "no-answer", ...noted };
  const { status, statusText, headers } = answer;
  return { kind: "answered", status, statusText, headers: redactHeaders(headers), ...noted };
}
