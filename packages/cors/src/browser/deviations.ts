import type { Behaviour } from "./behaviour.ts";

/** One way in which an engine differs from the standard. An engine that is not named does as the standard says. */
export interface Deviation<Value> {
  /** What it is about, in a phrase. */
  readonly what: string;
  /** The section of the Fetch standard, by its anchor. */
  readonly section: string;
  readonly standard: Value;
  readonly chromium?: Value;
  readonly firefox?: Value;
  readonly webkit?: Value;
  /** Cases of tests/oracle that go otherwise than recorded without this row. */
  readonly cases: readonly string[];
  /** How it was seen where no recorded case shows it. */
  readonly measured?: string;
}

/**
 * Every difference between the engines that this simulator knows: Chromium 156, Firefox 153 ESR, WebKitGTK 2.50.
 *
 * @example
 * ```ts
 * import { deviations } from "@corsmith/cors/browser";
 *
 * const ofFirefox = Object.entries(deviations).filter(([, row]) => row.firefox !== undefined);
 * console.assert(ofFirefox.length > 0);
 * ```
 */
export const deviations: { readonly [Name in keyof Behaviour]: Deviation<Behaviour[Name]> } = {
  safelistsClientHints: {
    what: "client hints as request headers need no preflight",
    section: "cors-safelisted-request-header",
    standard: false,
    chromium: true,
    cases: ["g1-15", "g1-29"],
  },
  dropsUserAgent: {
    what: "a scripted User-Agent is dropped without a word",
    section: "forbidden-request-header",
    standard: false,
    chromium: true,
    cases: ["g1-105", "g1-267"],
  },
  wildcardCoversAuthorization: {
    what: "Access-Control-Allow-Headers: * covers Authorization",
    section: "cors-non-wildcard-request-header-name",
    standard: false,
    chromium: true,
    firefox: true,
    webkit: true,
    cases: ["g1-145", "g1-1343"],
  },
  nonAsciiBytesUnsafe: {
    what: "bytes from 0x80 in Accept and Content-Type need a preflight",
    section: "cors-unsafe-request-header-byte",
    standard: false,
    firefox: true,
    cases: ["g1-7", "g1-536"],
  },
  safelistsCombinedValues: {
    what: "several lines of one header are judged as one value",
    section: "cors-unsafe-request-header-names",
    standard: false,
    chromium: true,
    webkit: true,
    cases: ["g1-46", "g1-146"],
  },
  lenientRange: {
    what: "Range: BYTES=0-1 and bytes=+0-1 need no preflight",
    section: "simple-range-header-value",
    standard: false,
    webkit: true,
    cases: ["g1-182", "g1-544"],
  },
  limitsRangeNumbers: {
    what: "a Range with a number over 64 bits needs a preflight",
    section: "simple-range-header-value",
    standard: false,
    chromium: true,
    firefox: true,
    webkit: true,
    cases: ["g1-119", "g1-134"],
  },
  rewritesRange: {
    what: "the Range of a GET is sent in its plain form, unless cache is no-store",
    section: "concept-http-network-or-cache-fetch",
    standard: false,
    chromium: true,
    cases: ["g1-128", "g1-138"],
  },
  headerBytesAsUtf8: {
    what: "bytes from 0x80 in a request header are sent as UTF-8",
    section: "concept-http-network-fetch",
    standard: false,
    webkit: true,
    cases: ["g1-7", "g1-287"],
  },
  lastAuthorizationWins: {
    what: "of several Authorization lines the last is sent alone",
    section: "concept-headers-append",
    standard: false,
    firefox: true,
    cases: ["g1-1343"],
  },
  namesEachAuthorizationLine: {
    what: "Authorization is named once for each of its lines",
    section: "convert-header-names-to-a-sorted-lowercase-set",
    standard: false,
    firefox: true,
    cases: ["g1-507", "g1-1293"],
  },
  dropsClientHintsOnRedirect: {
    what: "client hints but Save-Data are dropped by every redirect",
    section: "concept-http-redirect-fetch",
    standard: false,
    chromium: true,
    cases: ["g1-328", "g1-368"],
  },
  removedHeadersReturn: {
    what: "headers that one redirect removed are back after the next",
    section: "concept-http-redirect-fetch",
    standard: "never",
    firefox: "all",
    webkit: "body-headers",
    cases: ["g1-227", "g1-351", "g1-49"],
  },
  opaqueOriginSentWithCredentials: {
    what: "a no-cors GET of an opaque origin that includes credentials has Origin: null",
    section: "append-a-request-origin-header",
    standard: false,
    chromium: true,
    firefox: true,
    cases: ["g1-639", "g1-1030"],
  },
  keepsOriginOnceSent: {
    what: "Origin stays when a redirect to the same origin turns the method into GET",
    section: "append-a-request-origin-header",
    standard: false,
    webkit: true,
    cases: ["g1-50", "g1-967"],
  },
  preflightAfterRedirect: {
    what: "by which request it is judged whether a redirect needs a preflight, and which names it asks for",
    section: "concept-http-redirect-fetch",
    standard: "as-redirected",
    firefox: "as-first-made",
    webkit: "once-needed-with-first-names",
    cases: ["g1-28", "g1-49"],
  },
  ownOriginPreflightUnchecked: {
    what: "a preflight to the page's own origin passes without a CORS check",
    section: "cors-preflight-fetch-0",
    standard: false,
    firefox: true,
    cases: ["g1-4", "g1-86"],
  },
  preflightOriginIgnoresRedirects: {
    what: "after a tainting redirect the preflight has the page's origin instead of null",
    section: "cors-preflight-fetch-0",
    standard: false,
    firefox: true,
    cases: ["g1-4", "g1-11"],
  },
  deleteBecomesGetOnRedirect: {
    what: "DELETE becomes GET when a redirect leads to another origin",
    section: "concept-http-redirect-fetch",
    standard: false,
    webkit: true,
    cases: ["g1-205", "g1-268"],
  },
  sameOriginCredentialsIncludedLate: {
    what: "credentials: same-origin is checked as include from the second redirect of a page's own origin on",
    section: "concept-cors-check",
    standard: false,
    webkit: true,
    cases: ["g1-290", "g1-397"],
  },
  userinfoRedirectAlwaysFails: {
    what: "a redirect to a URL with user information fails in every mode",
    section: "concept-http-redirect-fetch",
    standard: false,
    chromium: true,
    cases: ["g1-1074"],
  },
  ownOriginRedirectsToUserinfo: {
    what: "the page's own origin may redirect to another origin with user information in the URL",
    section: "concept-http-redirect-fetch",
    standard: false,
    webkit: true,
    cases: ["g1-1454"],
  },
  emptyLocation: {
    what: "an empty Location",
    section: "concept-response-location-url",
    standard: "base-url",
    chromium: "returned",
    webkit: "fails",
    cases: ["g1-470", "g1-475"],
  },
  severalLocations: {
    what: "several Location lines",
    section: "concept-response-location-url",
    standard: "fail",
    chromium: "fail-at-once",
    firefox: "fail-at-once",
    webkit: "joined",
    cases: ["g1-170", "g1-324", "g1-396"],
  },
  networkRejectsRedirectBeforeCors: {
    what: "the network layer refuses bad redirects before CORS check and redirect mode, so that manual fails too if Location is no URL",
    section: "concept-http-fetch",
    standard: false,
    chromium: true,
    cases: ["g1-743", "g1-853"],
  },
  sendsUncachedUnsafeMethods: {
    what: "cache: only-if-cached sends methods other than GET and HEAD",
    section: "concept-http-network-or-cache-fetch",
    standard: false,
    webkit: true,
    cases: ["g1-1400"],
  },
  ignoresEmptyAllowOriginLines: {
    what: "an empty Access-Control-Allow-Origin line beside another is not there",
    section: "concept-cors-check",
    standard: false,
    firefox: true,
    measured: "web-platform-tests: two lines, one empty, one *",
    cases: [],
  },
  exposesNamesBeforeBadOne: {
    what: "a bad member of Access-Control-Expose-Headers does not spoil those before it",
    section: "concept-main-fetch",
    standard: false,
    firefox: true,
    cases: ["g1-169"],
  },
  valueSeparator: {
    what: "how several lines of Content-Type are shown",
    section: "concept-header-list-get",
    standard: ", ",
    firefox: ",",
    cases: ["g1-149", "g1-171"],
  },
  dropsEmptyDuplicates: {
    what: "empty lines beside others of the same name are not shown",
    section: "concept-header-list-get",
    standard: false,
    firefox: true,
    measured: "seen in generated cases of an empty line beside another",
    cases: [],
  },
  laxCookiesFromOpaqueOrigin: {
    what: "cookies without SameSite go out from a sandboxed frame",
    section: "cookie-header",
    standard: false,
    webkit: true,
    cases: ["g1-58", "g1-79"],
  },
  preflightChecks: {
    what: "the order in which a preflight's answer is judged",
    section: "cors-preflight-fetch-0",
    standard: "cors-first",
    chromium: "redirect-first",
    webkit: "status-first",
    measured: "probed: a preflight that fails in several ways at once",
    cases: [],
  },
  maxAgeLimitSeconds: {
    what: "the longest time for which a preflight's answer is kept",
    section: "cors-preflight-fetch-0",
    standard: Number.POSITIVE_INFINITY,
    chromium: 7200,
    firefox: 86_400,
    webkit: 600,
    measured: "WebKit measured with a faked clock; Chromium and Firefox as their documentation says",
    cases: [],
  },
  invalidMaxAgeSeconds: {
    what: "how long an answer is kept whose Access-Control-Max-Age can not be read",
    section: "cors-preflight-fetch-0",
    standard: 5,
    firefox: 0,
    cases: ["g1-25", "g1-77"],
  },
  negativeMaxAgeForbidsCaching: {
    what: "a negative Access-Control-Max-Age is read as zero",
    section: "cors-preflight-fetch-0",
    standard: false,
    chromium: true,
    firefox: true,
    webkit: true,
    cases: ["g1-322", "g1-349", "g1-183"],
  },
  cacheModesWithoutPreflightCache: {
    what: "cache modes that pass over the preflight cache",
    section: "concept-cache",
    standard: [],
    chromium: ["no-store", "reload", "no-cache"],
    firefox: ["no-store", "reload"],
    cases: ["g1-51", "g1-265", "g1-574"],
  },
  opaqueOriginUsesPreflightCache: {
    what: "requests of an opaque origin are served by the preflight cache",
    section: "concept-cache",
    standard: true,
    chromium: false,
    cases: ["g1-511", "g1-526"],
  },
  separatesCredentialedCacheEntries: {
    what: "an entry made with credentials does not serve requests without",
    section: "concept-cache-match",
    standard: false,
    firefox: true,
    cases: ["g1-559"],
  },
  cachesWildcards: {
    what: "permission given by * is kept",
    section: "concept-cache-match",
    standard: true,
    firefox: false,
    measured: "measured: a preflight answered with * is asked again for the same request",
    cases: [],
  },
  failedFetchClearsPreflightCache: {
    what: "a request that fails after its preflight clears the URL's entries",
    section: "concept-cache-clear",
    standard: true,
    chromium: false,
    webkit: false,
    measured: "measured: a request that fails after its preflight, and then another",
    cases: [],
  },
};
