import type { Behaviour } from "../engines/behaviour.ts";
import { type HeaderList, headerLines } from "../header-list.ts";
import { currentUrl, type FetchRequest } from "../request/request.ts";
import { serializeRequestOrigin } from "../request/request-origin.ts";

/**
 * Under what the permissions for this request are kept: the whole URL, though its fragment never reaches the server.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cache-match
 */
export function preflightCacheQuery(request: FetchRequest, behaviour: Behaviour): CacheQuery {
  return {
    origin: behaviour.preflightOriginIgnoresRedirects ? request.origin : serializeRequestOrigin(request),
    url: currentUrl(request).href,
    credentials: request.credentialsMode === "include",
  };
}

/** What a permission is asked for. */
export interface CacheQuery {
  readonly origin: string;
  readonly url: string;
  readonly credentials: boolean;
}

/** @see https://fetch.spec.whatwg.org/#cache-entry */
interface CacheEntry {
  readonly credentials: boolean;
  readonly method: string | null;
  /** In lower case. */
  readonly headerName: string | null;
  expires: number;
}

/** What a preflight's answer permits. */
export interface CachedPermission {
  readonly methods: readonly string[];
  /** In lower case. */
  readonly headerNames: readonly string[];
  readonly maxAgeSeconds: number;
}

/**
 * What servers permitted by earlier preflights. One belongs to one page; hand the same one to several pages of a browser.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cache
 *
 * @example
 * ```ts
 * import { CorsPreflightCache, openPage } from "@corsmith/cors/browser";
 *
 * const headers = [
 *   ["Access-Control-Allow-Origin", "*"],
 *   ["Access-Control-Allow-Methods", "PUT"],
 *   ["Access-Control-Max-Age", "600"],
 * ] as const;
 * const browser = { preflightCache: new CorsPreflightCache(), transport: async () => ({ status: 200, headers }) };
 *
 * const first = await openPage({ origin: "https://app.example.com", ...browser }).trace("https://api.example.com/", { method: "PUT" });
 * const second = await openPage({ origin: "https://app.example.com", ...browser }).trace("https://api.example.com/", { method: "PUT" });
 * console.assert(first.exchanges.length === 2 && second.exchanges.length === 1);
 * ```
 */
export class CorsPreflightCache {
  readonly #entries = new Map<string, CacheEntry[]>();

  /** Is this method permitted? @see https://fetch.spec.whatwg.org/#concept-cache-match-method */
  matchesMethod(query: CacheQuery, method: string, now: number, behaviour: Behaviour): boolean {
    return this.#matching(query, now, behaviour).some(
      (entry) => entry.method === method || (entry.method === "*" && behaviour.cachesWildcards),
    );
  }

  /**
   * Is this header permitted?
   *
   * @param name in lower case
   * @see https://fetch.spec.whatwg.org/#concept-cache-match-header
   */
  matchesHeaderName(query: CacheQuery, name: string, now: number, behaviour: Behaviour): boolean {
    const wildcard = behaviour.cachesWildcards && (name !== "authorization" || behaviour.wildcardCoversAuthorization);
    return this.#matching(query, now, behaviour).some(
      ({ headerName }) => headerName === name || (wildcard && headerName === "*"),
    );
  }

  /** Is there an answer, to a request without credentials, while this one has some? */
  lacksCredentials(query: CacheQuery, now: number): boolean {
    const live = this.#entries.get(keyOf(query))?.filter((entry) => entry.expires > now) ?? [];
    return query.credentials && live.length > 0 && !live.some((entry) => entry.credentials);
  }

  /** Keeps what an answer permits; what was there lasts as long as the new. */
  store(query: CacheQuery, permission: CachedPermission, now: number, behaviour: Behaviour): void {
    const expires = now + permission.maxAgeSeconds * 1000;
    const matching = this.#matching(query, now, behaviour);
    const key = keyOf(query);
    const entries = this.#entries.get(key) ?? [];
    const keep = (key: "method" | "headerName", value: string): void => {
      const known = matching.filter((entry) => entry[key] === value || entry[key] === "*");
      for (const entry of known) entry.expires = expires;
      if (expires > now && known.length === 0) {
        entries.push({ credentials: query.credentials, method: null, headerName: null, expires, [key]: value });
      }
    };
    for (const method of permission.methods) keep("method", method);
    for (const headerName of permission.headerNames) keep("headerName", headerName);
    if (entries.length > 0) this.#entries.set(key, entries);
  }

  /** Forgets what is known of this origin and URL. @see https://fetch.spec.whatwg.org/#concept-cache-clear */
  clear(query: CacheQuery): void {
    this.#entries.delete(keyOf(query));
  }

  #matching(query: CacheQuery, now: number, behaviour: Behaviour): readonly CacheEntry[] {
    const entries = this.#entries.get(keyOf(query));
    if (entries === undefined) return [];
    const live = entries.filter((entry) => entry.expires > now);
    if (live.length < entries.length) this.#entries.set(keyOf(query), live);
    return live.filter(({ credentials }) =>
      behaviour.separatesCredentialedCacheEntries
        ? credentials === query.credentials
        : credentials || !query.credentials,
    );
  }
}

function keyOf({ origin, url }: CacheQuery): string {
  return `${origin} ${url}`;
}

const defaultSeconds = 5;

/** For how many seconds a preflight's answer may be kept. @see https://fetch.spec.whatwg.org/#http-access-control-max-age */
export function maxAgeSeconds(headers: HeaderList, behaviour: Behaviour): number {
  const lines = headerLines(headers, "access-control-max-age");
  const [line] = lines;
  if (line === undefined || (line === "" && lines.length === 1)) return defaultSeconds;
  if (lines.length > 1) return behaviour.invalidMaxAgeSeconds;
  if (/^\d+$/.test(line)) return Math.min(Number(line), behaviour.maxAgeLimitSeconds);
  if (/^-\d+$/.test(line) && behaviour.negativeMaxAgeForbidsCaching) return 0;
  return behaviour.invalidMaxAgeSeconds;
}
