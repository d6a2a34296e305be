import type { FailureCode } from "./failure.ts";

/** What is to be said of a failure besides its place. */
export interface Failure {
  /** What to do, and who. */
  readonly fix: string;
  /** The names under which Chromium reports it: a `CorsError`, a `net::ERR_…`, or `TypeError` for a request that can not be made. */
  readonly chromium: readonly string[];
}

const allowOriginFix =
  "The server answers with Access-Control-Allow-Origin: the page's origin, byte for byte, and Vary: Origin.";
const credentialsFix =
  'The server adds Access-Control-Allow-Credentials: true (lower case, once), or the page drops credentials: "include".';
const wildcardFix =
  'The server answers with the page\'s own origin instead of *, or the page drops credentials: "include".';
const singleFix = "One layer alone sets Access-Control-Allow-Origin, with one value; the others stop setting it.";
const originFormFix = "The server writes an origin: scheme://host[:port], without quotes, path or trailing slash.";
const requestFix = "The page changes the arguments of fetch().";

const failures: Readonly<Record<FailureCode, Failure>> = {
  "missing-allow-origin": { fix: allowOriginFix, chromium: ["MissingAllowOriginHeader"] },
  "preflight-missing-allow-origin": {
    fix: `${allowOriginFix} It does so for OPTIONS too, before authentication and routing.`,
    chromium: ["PreflightMissingAllowOriginHeader"],
  },
  "wildcard-origin-with-credentials": { fix: wildcardFix, chromium: ["WildcardOriginNotAllowed"] },
  "preflight-wildcard-origin-with-credentials": { fix: wildcardFix, chromium: ["PreflightWildcardOriginNotAllowed"] },
  "multiple-allow-origin-values": { fix: singleFix, chromium: ["MultipleAllowOriginValues"] },
  "preflight-multiple-allow-origin-values": { fix: singleFix, chromium: ["PreflightMultipleAllowOriginValues"] },
  "invalid-allow-origin-value": { fix: originFormFix, chromium: ["InvalidAllowOriginValue"] },
  "preflight-invalid-allow-origin-value": { fix: originFormFix, chromium: ["PreflightInvalidAllowOriginValue"] },
  "allow-origin-mismatch": { fix: allowOriginFix, chromium: ["AllowOriginMismatch"] },
  "preflight-allow-origin-mismatch": { fix: allowOriginFix, chromium: ["PreflightAllowOriginMismatch"] },
  "allow-credentials-not-true": { fix: credentialsFix, chromium: ["InvalidAllowCredentials"] },
  "preflight-allow-credentials-not-true": { fix: credentialsFix, chromium: ["PreflightInvalidAllowCredentials"] },
  "preflight-status-not-ok": {
    fix: "The server answers the preflight with 204 before authentication, routing and body parsing.",
    chromium: ["PreflightInvalidStatus"],
  },
  "preflight-redirect": {
    fix: "The page calls the URL to which the redirect leads (https, trailing slash), or the server answers OPTIONS itself.",
    chromium: ["PreflightDisallowedRedirect"],
  },
  "method-not-allowed": {
    fix: "The server names the method in Access-Control-Allow-Methods, in the same case.",
    chromium: ["MethodDisallowedByPreflightResponse"],
  },
  "method-case-mismatch": {
    fix: "The page writes the method as the server names it: methods are compared byte for byte, and only the usual six are upper-cased.",
    chromium: ["MethodDisallowedByPreflightResponse"],
  },
  "method-wildcard-with-credentials": {
    fix: "The server names the method: * means nothing in Access-Control-Allow-Methods when credentials are included.",
    chromium: ["MethodDisallowedByPreflightResponse"],
  },
  "header-not-allowed": {
    fix: "The server names the header in Access-Control-Allow-Headers, or the page does not send it.",
    chromium: ["HeaderDisallowedByPreflightResponse"],
  },
  "header-authorization-not-covered-by-wildcard": {
    fix: "The server names Authorization in Access-Control-Allow-Headers: * does not cover it.",
    chromium: ["HeaderDisallowedByPreflightResponse"],
  },
  "header-wildcard-with-credentials": {
    fix: "The server names the header: * means nothing in Access-Control-Allow-Headers when credentials are included.",
    chromium: ["HeaderDisallowedByPreflightResponse"],
  },
  "invalid-allow-methods": {
    fix: "The server writes Access-Control-Allow-Methods as method names with commas between them.",
    chromium: ["InvalidAllowMethodsPreflightResponse"],
  },
  "invalid-allow-headers": {
    fix: "The server writes Access-Control-Allow-Headers as header names with commas between them.",
    chromium: ["InvalidAllowHeadersPreflightResponse"],
  },
  "redirect-contains-credentials": {
    fix: "The server redirects to a URL without user:password@.",
    chromium: ["RedirectContainsCredentials", "net::ERR_ABORTED"],
  },
  "redirect-origin-becomes-null": {
    fix: "The page calls the final URL itself: after a redirect from one other origin to the next, browsers send Origin: null.",
    chromium: ["AllowOriginMismatch", "PreflightAllowOriginMismatch"],
  },
  "redirect-non-http-scheme": {
    fix: "The server redirects to an http: or https: URL.",
    chromium: ["net::ERR_UNSAFE_REDIRECT", "CorsDisabledScheme", "net::ERR_UNKNOWN_URL_SCHEME", "net::ERR_ABORTED"],
  },
  "redirect-too-many": {
    fix: "The server ends its redirects: browsers follow 20.",
    chromium: ["net::ERR_TOO_MANY_REDIRECTS"],
  },
  "redirect-not-followed": {
    fix: 'The page calls the final URL, or drops redirect: "error".',
    chromium: ["net::ERR_FAILED"],
  },
  "redirect-invalid-location": {
    fix: "The server sends one Location, and it is a URL.",
    chromium: ["net::ERR_INVALID_REDIRECT", "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"],
  },
  "redirect-body-not-replayable": {
    fix: "The page sends a body that is no stream, or the server redirects with 303.",
    chromium: ["net::ERR_FAILED"],
  },
  "no-cors-redirect-mode": {
    fix: 'The page uses redirect: "follow" with mode: "no-cors".',
    chromium: ["NoCorsRedirectModeNotFollow"],
  },
  "disallowed-by-mode": {
    fix: 'The page uses mode: "cors", or calls its own origin.',
    chromium: ["DisallowedByMode", "net::ERR_ABORTED"],
  },
  "cors-disabled-scheme": {
    fix: "The page calls an http: or https: URL.",
    chromium: ["CorsDisabledScheme", "net::ERR_UNKNOWN_URL_SCHEME"],
  },
  "mixed-content": {
    fix: "The server offers https:, and the page calls it there.",
    chromium: ["mixed-content"],
  },
  "unsafe-port": {
    fix: "The server listens on a port that browsers do not block.",
    chromium: ["net::ERR_UNSAFE_PORT"],
  },
  "blocked-by-corp": {
    fix: "The server answers with Cross-Origin-Resource-Policy: cross-origin, or the page uses CORS.",
    chromium: ["corp-not-same-origin", "corp-not-same-site"],
  },
  "not-in-cache": { fix: 'The page drops cache: "only-if-cached".', chromium: ["net::ERR_CACHE_MISS"] },
  "invalid-data-url": { fix: requestFix, chromium: ["net::ERR_INVALID_URL"] },
  "request-aborted": { fix: "The page aborted the request itself.", chromium: ["net::ERR_ABORTED"] },
  "server-down": { fix: "Start the server, or correct host and port.", chromium: ["net::ERR_CONNECTION_REFUSED"] },
  "connection-broken": {
    fix: "Look into the server's log: the connection ended before an answer.",
    chromium: ["net::ERR_CONNECTION_RESET", "net::ERR_EMPTY_RESPONSE"],
  },
  "dns-failure": { fix: "Correct the host name, or its DNS entry.", chromium: ["net::ERR_NAME_NOT_RESOLVED"] },
  "tls-failure": {
    fix: "The server presents a certificate that the browser trusts for this host.",
    chromium: ["net::ERR_CERT_AUTHORITY_INVALID", "net::ERR_SSL_PROTOCOL_ERROR"],
  },
  "opaque-network-error": {
    fix: "Send the request with another client and see whether an answer comes.",
    chromium: ["net::ERR_FAILED"],
  },
  "invalid-url": { fix: requestFix, chromium: ["TypeError"] },
  "url-contains-credentials": {
    fix: "The page sends an Authorization header instead of user:password@ in the URL.",
    chromium: ["TypeError"],
  },
  "invalid-method": { fix: requestFix, chromium: ["TypeError"] },
  "forbidden-method": { fix: "The page uses another method than CONNECT, TRACE and TRACK.", chromium: ["TypeError"] },
  "invalid-header": { fix: requestFix, chromium: ["TypeError"] },
  "invalid-request-option": { fix: requestFix, chromium: ["TypeError"] },
  "no-cors-method-not-safelisted": {
    fix: 'The page uses GET, HEAD or POST, or mode: "cors".',
    chromium: ["TypeError"],
  },
  "only-if-cached-needs-same-origin": {
    fix: 'The page uses mode: "same-origin" with cache: "only-if-cached".',
    chromium: ["TypeError"],
  },
  "body-not-allowed": { fix: "The page sends no body with GET and HEAD.", chromium: ["TypeError"] },
  "stream-body-not-allowed": {
    fix: 'The page adds duplex: "half", and uses mode "cors" or "same-origin".',
    chromium: ["TypeError"],
  },
};

/**
 * What is to be done about a failure, and how Chromium calls it.
 *
 * @example
 * ```ts
 * import { failureOf } from "@corsmith/cors/browser";
 *
 * console.assert(failureOf("method-not-allowed").fix.startsWith("The server names the method"));
 * ```
 */
export function failureOf(code: FailureCode): Failure {
  return failures[code];
}
