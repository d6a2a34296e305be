import type { ExplanationCode, Reporter } from "../failures/chapter.ts";
import { parseUrl } from "../http/parse-url.ts";
import { isLoopbackHost } from "../origin/host.ts";
import type { Facts } from "./facts.ts";
import type { FoundMessage } from "./find-messages.ts";

/** `said`: the text names it. `likely`: what is around the reason points to it. `possible`: the text cannot tell it from the first. */
export type Certainty = "said" | "likely" | "possible";

/** A failure that the text allows. */
export interface Possibility {
  readonly code: ExplanationCode;
  readonly certainty: Certainty;
  readonly why: string;
}

type Codes = readonly ExplanationCode[];
type Condition = (facts: Facts) => boolean;
type Refinement = readonly [code: ExplanationCode, certainty: Certainty, when: Condition, why: string];

const missing: Codes = ["missing-allow-origin", "preflight-missing-allow-origin"];
const mismatched: Codes = ["allow-origin-mismatch", "preflight-allow-origin-mismatch", "invalid-allow-origin-value"];
/** @see https://fetch.spec.whatwg.org/#redirect-status */
const isRedirect = hasStatus(301, 302, 303, 307, 308);

/**
 * What the facts of a message tell beyond its words: of which failures the message must allow one, the closer failure, and when it is that
 * one. A row that is `said` or `likely` comes before the message's own failure, one that is `possible` after it.
 */
const refinements: readonly (readonly [of: Codes, rows: readonly Refinement[]])[] = [
  [
    ["preflight-redirect"],
    [
      ["preflight-redirect-login", "likely", leadsToSignIn, "the URL looks like a sign-in page"],
      ["preflight-redirect-http-to-https", "likely", isUpgrade, "the URL starts with http:"],
      ["preflight-redirect-trailing-slash", "likely", addsSlash, "the URLs differ only in the trailing slash"],
    ],
  ],
  [
    ["preflight-status-not-ok"],
    [
      ["preflight-redirect", "said", isRedirect, "the status is that of a redirect"],
      ["preflight-unauthorized", "said", hasStatus(401, 403, 407), "the status is that of authentication"],
      [
        "preflight-no-options-handler",
        "said",
        hasStatus(404, 405, 501),
        "the status says that nothing answers OPTIONS",
      ],
      ["preflight-refused-by-policy", "likely", hasStatus(400), "CORS layers that refuse with a status mostly use 400"],
    ],
  ],
  [["cors-disabled-scheme"], [["redirect-non-http-scheme", "said", hasSource, "the redirect led to that scheme"]]],
  [
    [...missing, ...mismatched],
    [
      ["redirect-to-login", "likely", leadsToSignIn, "the URL looks like a sign-in page"],
      ["redirect-origin-becomes-null", "likely", lostOrigin, "the origin became null when the request was redirected"],
      [
        "redirect-origin-becomes-null",
        "possible",
        (facts) => facts.origin === "null" && !wasRedirected(facts),
        "if the request was redirected from one other origin to the next",
      ],
      ["origin-null", "possible", (facts) => facts.origin === "null" && !hasSource(facts), "the page's origin is null"],
      ["redirect-blocked", "possible", wasRedirected, "the request was redirected"],
    ],
  ],
  [
    missing,
    [
      ["gateway-error-without-cors", "likely", isGatewayError, "the status is that of a proxy without its server"],
      ["error-response-without-cors", "likely", isServerError, "the status is that of a server that failed"],
      ["body-too-large-413", "likely", hasStatus(413), "the status is that of a body that is too large"],
      ["rate-limited-429", "likely", hasStatus(429), "the status is that of a rate limit"],
      ["auth-error-without-cors", "likely", hasStatus(401, 403), "the status is that of authentication"],
      ["not-found-without-cors", "likely", hasStatus(404), "the status says that nothing is there"],
    ],
  ],
  [
    ["method-not-allowed"],
    [["method-case-mismatch", "said", ({ method = "" }) => /[a-z]/.test(method), "the method is not in upper case"]],
  ],
  [
    ["header-not-allowed"],
    [
      [
        "header-response-header-sent-by-client",
        "said",
        hasHeader(/^access-control-(allow|expose|max)/i),
        "the header belongs on responses",
      ],
      [
        "header-safelisted-value-too-long",
        "likely",
        hasHeader(/^(accept|accept-language|content-language|range)$/i),
        "this header needs permission only because of its value",
      ],
      [
        "header-authorization-not-covered-by-wildcard",
        "possible",
        hasHeader(/^authorization$/i),
        "if the server relies on *",
      ],
    ],
  ],
];

/** These share a text with a wider failure, and are meant only where the facts say so. */
const onlyByFacts: ReadonlySet<ExplanationCode> = new Set([
  "preflight-redirect-http-to-https",
  "preflight-redirect-trailing-slash",
  "preflight-redirect-login",
  "header-response-header-sent-by-client",
  "header-safelisted-value-too-long",
]);

/** True of all that share their text; the others are closer to the cause. */
const wide: ReadonlySet<ExplanationCode> = new Set([
  "method-not-allowed",
  "header-not-allowed",
  "preflight-status-not-ok",
  "preflight-redirect",
  "cors-request-did-not-succeed",
  "opaque-network-error",
]);

/** The failures that the text allows, the most likely first. */
export function refineCodes(
  codes: Codes,
  { facts, engine }: Pick<FoundMessage, "facts" | "engine">,
): readonly Possibility[] {
  const allowed = narrowed(codes, facts, engine).filter((code) => !onlyByFacts.has(code));
  const closer = refinements
    .flatMap(([of, rows]) => (of.some((one) => allowed.includes(one)) ? rows : []))
    .flatMap(([code, certainty, when, why]): Possibility[] => (when(facts) ? [{ code, certainty, why }] : []));
  const [first, ...siblings] = allowed.filter((code) => !closer.some((one) => one.code === code));
  return [
    ...closer.filter(({ certainty }) => certainty !== "possible"),
    ...(first === undefined ? [] : [ownCode(first, siblings.length > 0 && !wide.has(first))]),
    ...siblings.map((code): Possibility => ({ code, certainty: "possible", why: "it is reported by the same words" })),
    ...closer.filter(({ certainty }) => certainty === "possible"),
  ];
}

function ownCode(code: ExplanationCode, shared: boolean): Possibility {
  return shared
    ? { code, certainty: "likely", why: "other failures use the same wording, but this is the most common" }
    : { code, certainty: "said", why: "the text says so" };
}

/** Of the failures that share a text, those that its facts leave. */
function narrowed(codes: Codes, facts: Facts, engine: Reporter | undefined): Codes {
  const { value, url } = facts;
  const hasBoth = (one: ExplanationCode, other: ExplanationCode) => codes.includes(one) && codes.includes(other);
  if (value !== undefined && hasBoth("allow-origin-mismatch", "multiple-allow-origin-values"))
    return byAllowOrigin(codes, value);
  if (value !== undefined && hasBoth("forbidden-method", "invalid-method")) return byMethod(value);
  if (url !== undefined && hasBoth("disallowed-by-mode", "redirect-non-http-scheme"))
    return /^https?:/i.test(url)
      ? ["disallowed-by-mode", "unsafe-port"]
      : ["cors-disabled-scheme", "redirect-non-http-scheme"];
  // The port is checked only after the mode.
  if (hasBoth("disallowed-by-mode", "unsafe-port")) return ["disallowed-by-mode", "unsafe-port"];
  if (facts.status === undefined || !codes.includes("preflight-status-not-ok")) return codes;
  // A redirect without Location is not one, and is reported by the same words.
  if (isRedirect(facts))
    return [...codes.filter((code) => code.startsWith("preflight-redirect")), "preflight-status-not-ok"];
  return engine === undefined ? codes : ["preflight-status-not-ok"];
}

/** Firefox writes one text for every value that is not the origin. */
function byAllowOrigin(codes: Codes, value: string): Codes {
  const group = /[\s,]/.test(value.trim()) ? "multiple-allow" : isUrl(value) ? "origin-mismatch" : "invalid-allow";
  return codes.filter(
    (code) => code.includes(group) || (group === "origin-mismatch" && code === "redirect-origin-becomes-null"),
  );
}

/** Characters beyond ASCII are escaped by now, and were not part of a URL. */
function isUrl(value: string): boolean {
  return value === "null" || value === "*" || (!value.includes("\\u") && URL.canParse(value));
}

/** Firefox writes one text for every method that it does not accept. */
function byMethod(value: string): Codes {
  if (/^(?:connect|trace|track)$/i.test(value)) return ["forbidden-method"];
  return /^[\w!#$%&'*+.^`|~-]+$/.test(value) ? ["no-cors-method-not-safelisted", "invalid-method"] : ["invalid-method"];
}

function hasStatus(...statuses: readonly number[]): Condition {
  return (facts) => facts.status !== undefined && statuses.includes(facts.status);
}

function isGatewayError(facts: Facts): boolean {
  return hasStatus(502, 503, 504)(facts);
}

function isServerError(facts: Facts): boolean {
  return (facts.status ?? 0) >= 500 && !isGatewayError(facts);
}

function hasHeader(pattern: RegExp): Condition {
  return (facts) => pattern.test(facts.header ?? "");
}

function hasSource({ redirectedFrom }: Facts): boolean {
  return redirectedFrom !== undefined;
}

function wasRedirected({ redirectedFrom, redirectedTo }: Facts): boolean {
  return redirectedFrom !== undefined || redirectedTo !== undefined;
}

function lostOrigin(facts: Facts): boolean {
  return facts.origin === "null" ? wasRedirected(facts) : hasSource(facts) && facts.value === facts.origin;
}

function isUpgrade({ url = "", redirectedFrom }: Facts): boolean {
  if (redirectedFrom === undefined) return url.startsWith("http://") && !isLoopbackHost(parseUrl(url)?.hostname ?? "");
  return redirectedFrom !== url && redirectedFrom.replace(/^http:/, "https:") === url;
}

function addsSlash({ url = "", redirectedFrom = "" }: Facts): boolean {
  return redirectedFrom !== "" && url.replace(/\/$/, "") === redirectedFrom.replace(/\/$/, "");
}

function leadsToSignIn(facts: Facts): boolean {
  const url = facts.redirectedTo ?? facts.url ?? "";
  if (!wasRedirected(facts) && !/login|signin|sign-in|oauth2?\/authorize/i.test(url)) return false;
  const path = "log-?in|sign-?in|sso|oauth2?|authorize|saml2?|adfs|cdn-cgi\\/access|accounts?|auth|idp";
  return new RegExp(`[/.](?:${path})(?:[/.?_-]|$)|login\\.|\\/\\/(?:accounts?|auth|sso|idp)\\.`, "i").test(url);
}
