import type { Deviations } from "./deviation.ts";

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
    what: "an empty Access-Control-Allow-Origin line beside another is not there",
    section: "concept-cors-check",
    standard: false,
    firefox: true,
    measured: "web-platform-tests: two lines, one empty, one *",
    cases: [],
  },
  exposesAllBeforeBadName: {
    what: "a bad member of Access-Control-Expose-Headers does not spoil a * before it",
    section: "concept-main-fetch",
    standard: false,
    firefox: true,
    cases: ["g1-169"],
  },
  hidesSeveralChallenges: {
    what: "WWW-Authenticate is not shown if it has several lines",
    section: "concept-header-list-get",
    standard: false,
    firefox: true,
    measured: "an answer of the page's own origin with two challenges",
    cases: [],
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
  replacesInvalidUtf8: {
    what: "bytes of a response header that are no UTF-8 are shown as replacement characters",
    section: "concept-header-list-get",
    standard: false,
    webkit: true,
    measured: "a header of the byte E9 is shown as the bytes EF BF BD",
    cases: [],
  },
  ipAddressesAreOfNoSite: {
    what: "Cross-Origin-Resource-Policy: same-site does not hold between ports of one IP address",
    section: "cross-origin-resource-policy-check",
    standard: false,
    chromium: true,
    measured: "probed: a no-cors request from one port of 127.0.0.1 to another",
    cases: [],
  },
};
