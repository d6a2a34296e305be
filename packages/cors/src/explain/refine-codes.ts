import type { ExplanationCode } from "../failures/failure.ts";
import type { Facts } from "./facts.ts";
import type { Reporter } from "./known-messages.ts";
import { isRedirectStatus, narrowCodes } from "./narrow-codes.ts";

/** `said`: the text names it. `likely`: what stands beside the reason points there. `possible`: the text cannot tell it from the first. */
export type Certainty = "said" | "likely" | "possible";

/** A failure that the text allows. */
export interface Possibility {
  readonly code: ExplanationCode;
  readonly certainty: Certainty;
  readonly why: string;
}

/** What a closer look is taken at. */
export interface Look {
  readonly facts: Facts;
  readonly engine: Reporter | undefined;
}

interface CloserLook {
  /** The failures of which one must be allowed by the message. */
  readonly of: readonly ExplanationCode[];
  readonly code: ExplanationCode;
  readonly certainty: Certainty;
  readonly when: (facts: Facts, engine: Reporter | undefined) => boolean;
  readonly why: string;
}

const missing: readonly ExplanationCode[] = ["missing-allow-origin", "preflight-missing-allow-origin"];
const refusedOrigin: readonly ExplanationCode[] = [
  ...missing,
  "allow-origin-mismatch",
  "preflight-allow-origin-mismatch",
  "invalid-allow-origin-value",
];
const preflightFailed: readonly ExplanationCode[] = ["preflight-status-not-ok"];

/**
 * What the facts of a message say beyond its words. A row that is `said` or `likely` comes before the message's own failure; one that
 * is `possible` behind it.
 */
const looks: readonly CloserLook[] = [
  row("preflight-redirect-login", ["preflight-redirect"], "likely", leadsToSignIn, "the URL looks like a sign-in page"),
  row(
    "preflight-redirect-http-to-https",
    ["preflight-redirect"],
    "likely",
    ({ url = "", redirectedFrom }) =>
      redirectedFrom === undefined
        ? url.startsWith("http://") && !isLoopback(url)
        : `${redirectedFrom.replace(/^http:/, "https:")}` === url && redirectedFrom !== url,
    "the URL is written with http:",
  ),
  row(
    "preflight-redirect-trailing-slash",
    ["preflight-redirect"],
    "likely",
    ({ url = "", redirectedFrom = "" }) => redirectedFrom !== "" && withoutSlash(url) === withoutSlash(redirectedFrom),
    "the two URLs differ by the slash at the end",
  ),
  row(
    "preflight-redirect",
    preflightFailed,
    "said",
    ({ status }) => isRedirectStatus(status),
    "the status is that of a redirect",
  ),
  row(
    "preflight-unauthorized",
    preflightFailed,
    "said",
    ({ status }) => status === 401 || status === 403 || status === 407,
    "the status is that of authentication",
  ),
  row(
    "preflight-no-options-handler",
    preflightFailed,
    "said",
    ({ status }) => status === 404 || status === 405 || status === 501,
    "the status says that nothing answers OPTIONS there",
  ),
  row(
    "preflight-refused-by-policy",
    preflightFailed,
    "likely",
    ({ status }) => status === 400,
    "CORS layers that refuse with a status mostly use 400",
  ),
  row(
    "redirect-non-http-scheme",
    ["cors-disabled-scheme"],
    "said",
    ({ redirectedFrom }) => redirectedFrom !== undefined,
    "the redirect led to that scheme",
  ),
  row("redirect-to-login", refusedOrigin, "likely", leadsToSignIn, "the URL looks like a sign-in page"),
  row(
    "redirect-origin-becomes-null",
    refusedOrigin,
    "likely",
    ({ redirectedFrom, redirectedTo, origin, value }) =>
      (redirectedFrom !== undefined && (origin === "null" || value === origin)) ||
      (redirectedTo !== undefined && origin === "null"),
    "the request was redirected, and its origin became null on the way",
  ),
  row(
    "redirect-origin-becomes-null",
    refusedOrigin,
    "possible",
    ({ origin, redirectedFrom, redirectedTo }) =>
      origin === "null" && redirectedFrom === undefined && redirectedTo === undefined,
    "if the request was redirected from one other origin to the next",
  ),
  ...statusRow("gateway-error-without-cors", [502, 503, 504], "the status is that of a proxy without its server"),
  ...statusRow("error-response-without-cors", [500, 599], "the status is that of a server that failed"),
  ...statusRow("body-too-large-413", [413], "the status is that of a body that is too large"),
  ...statusRow("rate-limited-429", [429], "the status is that of a rate limit"),
  ...statusRow("auth-error-without-cors", [401, 403], "the status is that of authentication"),
  ...statusRow("not-found-without-cors", [404], "the status says that nothing is there"),
  row(
    "method-case-mismatch",
    ["method-not-allowed"],
    "said",
    ({ method = "" }) => /[a-z]/.test(method),
    "the method is not in upper case",
  ),
  row(
    "header-response-header-sent-by-client",
    ["header-not-allowed"],
    "said",
    ({ header = "" }) => /^access-control-(allow|expose|max)/i.test(header),
    "the header is one of answers",
  ),
  row(
    "header-safelisted-value-too-long",
    ["header-not-allowed"],
    "likely",
    ({ header = "" }) => /^(accept|accept-language|content-language|range)$/i.test(header),
    "this header needs permission only for the value that it has",
  ),
  row(
    "header-authorization-not-covered-by-wildcard",
    ["header-not-allowed"],
    "possible",
    ({ header = "" }) => /^authorization$/i.test(header),
    "if the server relies on *",
  ),
  row(
    "origin-null",
    refusedOrigin,
    "possible",
    ({ origin, redirectedFrom }) => origin === "null" && redirectedFrom === undefined,
    "the page's origin is null",
  ),
  row(
    "redirect-blocked",
    refusedOrigin,
    "possible",
    ({ redirectedFrom, redirectedTo }) => redirectedFrom !== undefined || redirectedTo !== undefined,
    "the request was redirected",
  ),
];

function row(
  code: ExplanationCode,
  of: readonly ExplanationCode[],
  certainty: Certainty,
  when: CloserLook["when"],
  why: string,
): CloserLook {
  return { code, of, certainty, when, why };
}

function statusRow(code: ExplanationCode, statuses: readonly number[], why: string): readonly CloserLook[] {
  const range = statuses.at(-1) === 599;
  const when = ({ status = 0 }: Facts): boolean =>
    range ? status >= 500 && ![502, 503, 504].includes(status) : statuses.includes(status);
  return [row(code, missing, "likely", when, why)];
}

/** These share a text with their elder, and are meant only where the facts say so. */
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

/** The failures that the text allows, the one to speak of first. */
export function closerCodes(codes: readonly ExplanationCode[], { facts, engine }: Look): readonly Possibility[] {
  const allowed = narrowCodes(codes, facts, engine).filter((code) => !onlyByFacts.has(code));
  const closer = looks.filter(({ of, when }) => of.some((one) => allowed.includes(one)) && when(facts, engine));
  const [first, ...siblings] = allowed.filter((code) => !closer.some((look) => look.code === code));
  const asPossibility = ({ code, certainty, why }: CloserLook): Possibility => ({ code, certainty, why });
  return [
    ...closer.filter(({ certainty }) => certainty !== "possible").map(asPossibility),
    ...(first === undefined ? [] : [ownCode(first, siblings.length > 0 && !wide.has(first))]),
    ...siblings.map((code): Possibility => ({ code, certainty: "possible", why: "it is reported by the same words" })),
    ...closer.filter(({ certainty }) => certainty === "possible").map(asPossibility),
  ];
}

function ownCode(code: ExplanationCode, shared: boolean): Possibility {
  return shared
    ? { code, certainty: "likely", why: "the same words are written for others too, for this one most often" }
    : { code, certainty: "said", why: "the text says so" };
}

function leadsToSignIn({ url: asked = "", redirectedFrom, redirectedTo }: Facts): boolean {
  const url = redirectedTo ?? asked;
  if (
    redirectedFrom === undefined &&
    redirectedTo === undefined &&
    !/login|signin|sign-in|oauth2?\/authorize/i.test(url)
  )
    return false;
  return /[/.](?:log-?in|sign-?in|sso|oauth2?|authorize|saml2?|adfs|cdn-cgi\/access|accounts?|auth|idp)(?:[/.?_-]|$)|login\.|\/\/(?:accounts?|auth|sso|idp)\./i.test(
    url,
  );
}

function isLoopback(url: string): boolean {
  return /^http:\/\/(?:localhost|127\.|\[::1\])/.test(url);
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}
