import type { Deviations } from "./deviation.ts";

/** What becomes of a request that is redirected. */
export interface RedirectBehaviour {
  readonly dropsClientHintsOnRedirect: boolean;
  readonly removedHeadersReturn: "never" | "body-headers" | "all";
  readonly keepsOriginOnceSent: boolean;
  readonly preflightAfterRedirect: "as-redirected" | "as-first-made" | "once-needed-with-first-names";
  readonly deleteBecomesGetOnRedirect: boolean;
  readonly redirectsCheckedWithCredentials: boolean;
  readonly userinfoRedirectAlwaysFails: boolean;
  readonly ownOriginRedirectsToUserinfo: boolean;
  readonly emptyLocation: "base-url" | "returned" | "fails";
  readonly severalLocations: "fail" | "fail-at-once-if-different" | "joined";
  readonly networkRejectsRedirectBeforeCors: boolean;
  readonly failsToFollowBeforeCors: boolean;
  readonly checksRedirectBeforeMode: boolean;
  readonly errorModeNeedsLocation: boolean;
  readonly forgetsUserAgentOnRedirect: boolean;
}

export const redirectDeviations: Deviations<RedirectBehaviour> = {
  dropsClientHintsOnRedirect: {
    what: "client hints but Save-Data are dropped by a redirect to another origin than the page's",
    section: "concept-http-redirect-fetch",
    chromium: true,
    cases: ["g1-328", "g1-368"],
  },
  removedHeadersReturn: {
    what: "headers that one redirect removed are back after the next; those of the body are only asked for if the first method would have become GET again",
    section: "concept-http-redirect-fetch",
    standard: "never",
    firefox: "all",
    webkit: "body-headers",
    cases: ["g1-227", "g1-351", "g1-49"],
  },
  keepsOriginOnceSent: {
    what: "Origin stays when a redirect to the same origin turns the method into GET",
    section: "append-a-request-origin-header",
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
  deleteBecomesGetOnRedirect: {
    what: "DELETE becomes GET when a redirect leads to another origin",
    section: "concept-http-redirect-fetch",
    webkit: true,
    cases: ["g1-205", "g1-268"],
  },
  redirectsCheckedWithCredentials: {
    what: "credentials: same-origin counts as include where the answer is a redirect of another origin and the request began at the page's own; a preflight of the next URL goes out first",
    section: "concept-cors-check",
    webkit: true,
    cases: ["g1-290", "g1-397"],
  },
  userinfoRedirectAlwaysFails: {
    what: "a redirect to a URL with user information fails in every mode",
    section: "concept-http-redirect-fetch",
    chromium: true,
    cases: ["g1-1074"],
  },
  ownOriginRedirectsToUserinfo: {
    what: "the page's own origin may redirect to another origin with user information in the URL, if that needs no preflight",
    section: "concept-http-redirect-fetch",
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
    what: "several Location lines; two engines treat identical ones as one",
    section: "concept-response-location-url",
    standard: "fail",
    chromium: "fail-at-once-if-different",
    firefox: "fail-at-once-if-different",
    webkit: "joined",
    cases: ["g1-170", "g1-324", "g1-396"],
  },
  networkRejectsRedirectBeforeCors: {
    what: "a Location that is not a URL fails before CORS check and redirect mode, so that manual fails too",
    section: "concept-http-fetch",
    chromium: true,
    measured:
      "probed: a Location that is not a URL, beside an answer that fails the CORS check and with each redirect mode",
  },
  failsToFollowBeforeCors: {
    what: "with redirect: follow a Location that is not a URL, that is data:, blob: or file:, or the 21st fails before the CORS check",
    section: "concept-http-fetch",
    firefox: true,
    measured: "probed: such a Location beside an answer that fails the CORS check, with each redirect mode",
  },
  checksRedirectBeforeMode: {
    what: "user information and scheme of Location are checked before the redirect mode error",
    section: "concept-http-fetch",
    chromium: true,
    cases: ["g1-743", "g1-853"],
  },
  errorModeNeedsLocation: {
    what: "redirect: error accepts a redirect that has no Location, or an empty one",
    section: "concept-http-fetch",
    chromium: true,
    webkit: true,
    measured: "probed: a 302 without Location and with an empty one, with each redirect mode",
  },
  forgetsUserAgentOnRedirect: {
    what: "a scripted User-Agent does not survive a redirect from the page's own origin to itself",
    section: "concept-http-redirect-fetch",
    webkit: true,
    measured: "probed: redirects within the page's origin and to others",
  },
};

/** What a script sees of an answer, and which are refused. */
export interface AnswerBehaviour {
  readonly ignoresEmptyAllowOriginLines: boolean;
  readonly exposesAllBeforeBadName: boolean;
  readonly valueSeparator: ", " | ",";
  readonly hidesSeveralChallenges: boolean;
  readonly dropsEmptyDuplicates: boolean;
  readonly replacesInvalidUtf8: boolean;
  readonly ipAddressesAreOfNoSite: boolean;
}

export const answerDeviations: Deviations<AnswerBehaviour> = {
  ignoresEmptyAllowOriginLines: {
    what: "an empty Access-Control-Allow-Origin line beside another is ignored",
    section: "concept-cors-check",
    firefox: true,
    measured: "web-platform-tests: two lines, one empty, one *",
  },
  exposesAllBeforeBadName: {
    what: "a bad member of Access-Control-Expose-Headers does not spoil a * before it",
    section: "concept-main-fetch",
    firefox: true,
    cases: ["g1-169"],
  },
  hidesSeveralChallenges: {
    what: "WWW-Authenticate is not shown if it has several lines",
    section: "concept-header-list-get",
    firefox: true,
    measured: "an answer of the page's own origin with two challenges",
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
    firefox: true,
    measured: "seen in generated cases of an empty line beside another",
  },
  replacesInvalidUtf8: {
    what: "bytes of a response header that are not UTF-8 are shown as replacement characters",
    section: "concept-header-list-get",
    webkit: true,
    measured: "a header of the byte E9 is shown as the bytes EF BF BD",
  },
  ipAddressesAreOfNoSite: {
    what: "Cross-Origin-Resource-Policy: same-site does not hold between ports of one IP address",
    section: "cross-origin-resource-policy-check",
    chromium: true,
    measured: "probed: a no-cors request from one port of 127.0.0.1 to another",
  },
};
