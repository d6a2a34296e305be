import { conditionalHeaders } from "../header-list.ts";
import type { CacheMode } from "../request/request.ts";
import type { Deviations } from "./deviation.ts";

/** How the answer to a preflight is judged, and for how long it is kept. */
export interface PreflightBehaviour {
  readonly ownOriginPreflightUnchecked: boolean;
  readonly preflightOriginIgnoresRedirects: boolean;
  readonly preflightChecks: "cors-first" | "redirect-first" | "status-first";
  readonly maxAgeLimitSeconds: number;
  readonly invalidMaxAgeSeconds: number;
  readonly negativeMaxAgeForbidsCaching: boolean;
  readonly cacheModesWithoutPreflightCache: readonly CacheMode[];
  readonly headersWithoutPreflightCache: readonly string[];
  readonly cacheModesThatStoreNothing: readonly CacheMode[];
  readonly opaqueOriginUsesPreflightCache: boolean;
  readonly separatesCredentialedCacheEntries: boolean;
  readonly cachesWildcards: boolean;
  readonly keepsRefusals: boolean;
  readonly matchesMethodBeforeHeaderList: boolean;
  readonly headNeedsCachedName: boolean;
  readonly missClearsPreflightCache: "never" | "credentials" | "always";
  readonly failedFetchClearsPreflightCache: boolean;
}

export const preflightDeviations: Deviations<PreflightBehaviour> = {
  ownOriginPreflightUnchecked: {
    what: "a preflight to the page's own origin passes without a CORS check",
    section: "cors-preflight-fetch-0",
    firefox: true,
    cases: ["g1-4", "g1-86"],
  },
  preflightOriginIgnoresRedirects: {
    what: "after a tainting redirect the preflight has the page's origin instead of null",
    section: "cors-preflight-fetch-0",
    firefox: true,
    cases: ["g1-4", "g1-11"],
  },
  preflightChecks: {
    what: "the order in which a preflight's answer is judged",
    section: "cors-preflight-fetch-0",
    standard: "cors-first",
    chromium: "redirect-first",
    webkit: "status-first",
    measured: "probed: a preflight that fails in several ways at once",
  },
  maxAgeLimitSeconds: {
    what: "the longest time for which a preflight's answer is kept",
    section: "cors-preflight-fetch-0",
    standard: Number.POSITIVE_INFINITY,
    chromium: 7200,
    firefox: 86_400,
    webkit: 600,
    measured: "WebKit measured with a faked clock; Chromium and Firefox as their documentation says",
  },
  invalidMaxAgeSeconds: {
    what: "how long an answer is kept whose Access-Control-Max-Age cannot be read",
    section: "cors-preflight-fetch-0",
    standard: 5,
    firefox: 0,
    cases: ["g1-25", "g1-77"],
  },
  negativeMaxAgeForbidsCaching: {
    what: "a negative Access-Control-Max-Age is read as zero",
    section: "cors-preflight-fetch-0",
    chromium: true,
    firefox: true,
    webkit: true,
    cases: ["g1-322", "g1-349", "g1-183"],
  },
  cacheModesWithoutPreflightCache: {
    what: "cache modes that bypass the preflight cache",
    section: "concept-cache",
    standard: [],
    chromium: ["no-store", "reload", "no-cache"],
    firefox: ["no-store", "reload"],
    cases: ["g1-51", "g1-265", "g1-574"],
  },
  headersWithoutPreflightCache: {
    what: "request headers that bypass the preflight cache while cache is default: they make the cache mode no-store",
    section: "concept-cache",
    standard: [],
    chromium: conditionalHeaders,
    firefox: conditionalHeaders,
    measured: "probed: the same PUT twice with each of them",
  },
  cacheModesThatStoreNothing: {
    what: "cache modes in which a preflight's answer is not kept",
    section: "cors-preflight-fetch-0",
    standard: [],
    chromium: ["no-store"],
    measured: "probed: a PUT in each cache mode, and then the same in the default one",
  },
  opaqueOriginUsesPreflightCache: {
    what: "requests of an opaque origin, or of one that redirects made opaque, are served by the preflight cache",
    section: "concept-cache",
    standard: true,
    chromium: false,
    cases: ["g1-511", "g1-526"],
  },
  separatesCredentialedCacheEntries: {
    what: "an entry made with credentials does not serve requests without",
    section: "concept-cache-match",
    firefox: true,
    cases: ["g1-559"],
  },
  cachesWildcards: {
    what: "permission given by * is kept",
    section: "concept-cache-match",
    standard: true,
    firefox: false,
    measured: "measured: a preflight answered with * is asked again for the same request",
  },
  matchesMethodBeforeHeaderList: {
    what: "the method is checked before Access-Control-Allow-Headers is read: an invalid list is reported second",
    section: "cors-preflight-fetch-0",
    firefox: true,
    measured: "a refused PUT whose answer has both: the console names the method",
  },
  keepsRefusals: {
    what: "a preflight's answer that refuses the method or a header is kept for what it allows",
    section: "cors-preflight-fetch-0",
    webkit: true,
    measured:
      "a refused PUT, and then a POST with a header that the same answer names: it goes out without a preflight",
  },
  headNeedsCachedName: {
    what: "HEAD is served by the preflight cache only if the answer named it",
    section: "concept-cache-match",
    firefox: true,
    measured: "the same HEAD twice, allowed without Access-Control-Allow-Methods: it is preceded by another preflight",
  },
  missClearsPreflightCache: {
    what: "a kept answer that does not cover a request is forgotten: in any case, or if the request alone has credentials",
    section: "concept-cache-match",
    standard: "never",
    chromium: "always",
    webkit: "credentials",
    measured:
      "probed: three requests, the second with a header, a method or credentials that were not asked for before",
  },
  failedFetchClearsPreflightCache: {
    what: "a request that fails after its preflight clears the URL's entries",
    section: "concept-cache-clear",
    standard: true,
    chromium: false,
    webkit: false,
    measured: "measured: a request that fails after its preflight, and then another",
  },
};
