import type { Deviations } from "./deviation.ts";

/** How a request is made, and which need a preflight. */
export interface RequestBehaviour {
  readonly safelistsClientHints: boolean;
  readonly dropsUserAgent: boolean;
  readonly wildcardCoversAuthorization: boolean;
  readonly nonAsciiBytesUnsafe: boolean;
  readonly safelistsCombinedValues: boolean;
  readonly lenientRange: boolean;
  readonly largestRangeNumber: bigint | "any";
  readonly rewritesRange: boolean;
  readonly headerBytesAsUtf8: boolean;
  readonly singleHeaders: readonly string[];
  readonly namesEachUnsafeLine: boolean;
  readonly limitsSafelistedBytes: boolean;
  readonly opaqueOriginSentWithCredentials: "never" | "until-method-changes" | "until-origin-changes";
  readonly laxCookiesFromOpaqueOrigin: boolean;
  readonly noCorsKeepsCredentials: boolean;
  readonly sendsWhatIsNotCached: boolean;
}

export const requestDeviations: Deviations<RequestBehaviour> = {
  safelistsClientHints: {
    what: "client hints as request headers need no preflight",
    section: "cors-safelisted-request-header",
    chromium: true,
    cases: ["g1-15", "g1-29"],
  },
  dropsUserAgent: {
    what: "a scripted User-Agent is silently dropped",
    section: "forbidden-request-header",
    chromium: true,
    cases: ["g1-105", "g1-267"],
  },
  wildcardCoversAuthorization: {
    what: "Access-Control-Allow-Headers: * covers Authorization",
    section: "cors-non-wildcard-request-header-name",
    chromium: true,
    firefox: true,
    webkit: true,
    cases: ["g1-145", "g1-1343"],
  },
  nonAsciiBytesUnsafe: {
    what: "bytes from 0x80 in Accept and Content-Type need a preflight",
    section: "cors-unsafe-request-header-byte",
    firefox: true,
    cases: ["g1-7", "g1-536"],
  },
  safelistsCombinedValues: {
    what: "several lines of one header are judged as one value",
    section: "cors-unsafe-request-header-names",
    chromium: true,
    webkit: true,
    cases: ["g1-46", "g1-146"],
  },
  lenientRange: {
    what: "Range: BYTES=0-1 and bytes=+0-1 need no preflight",
    section: "simple-range-header-value",
    webkit: true,
    cases: ["g1-182", "g1-544"],
  },
  largestRangeNumber: {
    what: "the largest number in a Range that needs no preflight: that of signed 64 bits less one, or that of unsigned ones",
    section: "simple-range-header-value",
    standard: "any",
    chromium: 2n ** 63n - 2n,
    firefox: 2n ** 64n - 1n,
    webkit: 2n ** 64n - 1n,
    cases: ["g1-119", "g1-134"],
  },
  rewritesRange: {
    what: "the Range of a GET is sent in its canonical form, unless cache is no-store or the request is a conditional one",
    section: "concept-http-network-or-cache-fetch",
    chromium: true,
    cases: ["g1-128", "g1-138"],
  },
  headerBytesAsUtf8: {
    what: "bytes from 0x80 in a request header are sent as UTF-8",
    section: "concept-http-network-fetch",
    webkit: true,
    cases: ["g1-7", "g1-287"],
  },
  singleHeaders: {
    what: "headers of which only the last line is sent",
    section: "concept-headers-append",
    standard: [],
    firefox: [
      ...["authorization", "content-type", "content-disposition", "user-agent", "from", "max-forwards"],
      ...["if-modified-since", "if-unmodified-since"],
    ],
    cases: ["g1-1343"],
  },
  namesEachUnsafeLine: {
    what: "a header that needs a preflight is named once for each of its lines",
    section: "convert-header-names-to-a-sorted-lowercase-set",
    firefox: true,
    cases: ["g1-507", "g1-1293"],
  },
  limitsSafelistedBytes: {
    what: "safelisted values of more than 1,024 bytes together need a preflight",
    section: "cors-unsafe-request-header-names",
    standard: true,
    firefox: false,
    measured: "nine Content-Language lines of 128 bytes each go out without one",
  },
  opaqueOriginSentWithCredentials: {
    what: "a no-cors GET of an opaque origin that includes credentials has Origin: null, until a redirect changes its method or leads to another origin",
    section: "append-a-request-origin-header",
    standard: "never",
    chromium: "until-method-changes",
    firefox: "until-origin-changes",
    cases: ["g1-639", "g1-1030"],
  },
  laxCookiesFromOpaqueOrigin: {
    what: "cookies without SameSite go out from a sandboxed frame",
    section: "cookie-header",
    webkit: true,
    cases: ["g1-58", "g1-79"],
  },
  noCorsKeepsCredentials: {
    what: "a no-cors request with credentials: same-origin that began at the page's own origin takes cookies along when it is redirected to others",
    section: "concept-http-network-or-cache-fetch",
    webkit: true,
    measured: "probed: chains of redirects that begin at the page's origin and elsewhere, with each credentials mode",
  },
  sendsWhatIsNotCached: {
    what: "cache: only-if-cached sends the request if there is no answer in the cache",
    section: "concept-http-network-or-cache-fetch",
    webkit: true,
    cases: ["g1-1400"],
  },
};
