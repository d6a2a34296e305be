/** What the simulator itself reports about a failure. */
export interface Failure {
  /** What to do, and who, in one sentence. */
  readonly fix: string;
  /** The names under which Chromium reports it: a `CorsError`, a `net::ERR_…`, or `TypeError` for a request that cannot be made. */
  readonly chromium: readonly string[];
}

type Row = readonly [fix: string, ...chromium: string[]];

/** By code: what to do, then Chromium's names. Everything else is in the chapters, which a bundle with the simulator leaves out. */
const rows = {
  "missing-allow-origin": [
    "The server answers with Access-Control-Allow-Origin: the page's origin, byte for byte, and Vary: Origin.",
    "MissingAllowOriginHeader",
  ],
  "preflight-missing-allow-origin": [
    "The server answers with Access-Control-Allow-Origin: the page's origin, byte for byte, and Vary: Origin. It does so for OPTIONS too, before authentication and routing.",
    "PreflightMissingAllowOriginHeader",
  ],
  "method-not-allowed": [
    "The server names the method in Access-Control-Allow-Methods, in the same case.",
    "MethodDisallowedByPreflightResponse",
  ],
  "method-case-mismatch": [
    "The page writes the method as the server names it: methods are compared byte for byte, and browsers upper-case only six of them.",
    "MethodDisallowedByPreflightResponse",
  ],
  "method-wildcard-with-credentials": [
    "The server names the method: * means nothing in Access-Control-Allow-Methods when credentials are included.",
    "MethodDisallowedByPreflightResponse",
  ],
  "invalid-allow-methods": [
    "The server writes Access-Control-Allow-Methods as method names separated by commas.",
    "InvalidAllowMethodsPreflightResponse",
  ],
  "header-not-allowed": [
    "The server names the header in Access-Control-Allow-Headers, or the page does not send it.",
    "HeaderDisallowedByPreflightResponse",
  ],
  "header-authorization-not-covered-by-wildcard": [
    "The server names Authorization in Access-Control-Allow-Headers: * does not cover it.",
    "HeaderDisallowedByPreflightResponse",
  ],
  "header-wildcard-with-credentials": [
    "The server names the header: * means nothing in Access-Control-Allow-Headers when credentials are included.",
    "HeaderDisallowedByPreflightResponse",
  ],
  "invalid-allow-headers": [
    "The server writes Access-Control-Allow-Headers as header names separated by commas.",
    "InvalidAllowHeadersPreflightResponse",
  ],
  "preflight-status-not-ok": [
    "The server answers the preflight with 204 before authentication, routing and body parsing.",
    "PreflightInvalidStatus",
  ],
  "preflight-redirect": [
    "The page calls the URL that the redirect leads to (https, trailing slash), or the server answers OPTIONS itself.",
    "PreflightDisallowedRedirect",
  ],
  "opaque-network-error": ["Send the request with another client and see whether a response comes.", "net::ERR_FAILED"],
  "server-down": ["Start the server, or correct the host and the port.", "net::ERR_CONNECTION_REFUSED"],
  "connection-broken": [
    "Check the server's log: the connection ended before a response.",
    "net::ERR_CONNECTION_RESET",
    "net::ERR_EMPTY_RESPONSE",
  ],
  "dns-failure": ["Correct the host name, or its DNS entry.", "net::ERR_NAME_NOT_RESOLVED"],
  "tls-failure": [
    "The server presents a certificate that the browser trusts for this host.",
    "net::ERR_CERT_AUTHORITY_INVALID",
    "net::ERR_SSL_PROTOCOL_ERROR",
  ],
  "unsafe-port": ["The server listens on a port that browsers do not block.", "net::ERR_UNSAFE_PORT"],
  "request-aborted": ["The page aborted the request itself.", "net::ERR_ABORTED"],
  "not-in-cache": ['The page drops cache: "only-if-cached".', "net::ERR_CACHE_MISS"],
  "disallowed-by-mode": [
    'The page uses mode: "cors", or calls its own origin.',
    "DisallowedByMode",
    "net::ERR_ABORTED",
  ],
  "no-cors-redirect-mode": ['The page uses redirect: "follow" with mode: "no-cors".', "NoCorsRedirectModeNotFollow"],
  "cors-disabled-scheme": [
    "The page calls an http: or https: URL.",
    "CorsDisabledScheme",
    "net::ERR_UNKNOWN_URL_SCHEME",
  ],
  "redirect-origin-becomes-null": [
    "The page calls the final URL itself: after a redirect from one other origin to the next, browsers send Origin: null.",
    "AllowOriginMismatch",
    "PreflightAllowOriginMismatch",
  ],
  "redirect-contains-credentials": [
    "The server redirects to a URL without user:password@.",
    "RedirectContainsCredentials",
    "net::ERR_ABORTED",
  ],
  "redirect-non-http-scheme": [
    "The server redirects to an http: or https: URL.",
    "net::ERR_UNSAFE_REDIRECT",
    "CorsDisabledScheme",
    "net::ERR_UNKNOWN_URL_SCHEME",
    "net::ERR_ABORTED",
  ],
  "redirect-too-many": ["The server ends its redirects: browsers follow 20.", "net::ERR_TOO_MANY_REDIRECTS"],
  "redirect-not-followed": ['The page calls the final URL, or drops redirect: "error".', "net::ERR_FAILED"],
  "redirect-invalid-location": [
    "The server sends one Location, and it is a URL.",
    "net::ERR_INVALID_REDIRECT",
    "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION",
  ],
  "redirect-body-not-replayable": [
    "The page sends a body that is not a stream, or the server redirects with 303.",
    "net::ERR_FAILED",
  ],
  "mixed-content": ["The server offers https:, and the page uses it.", "mixed-content"],
  "blocked-by-corp": [
    "The server answers with Cross-Origin-Resource-Policy: cross-origin, or the page uses CORS.",
    "corp-not-same-origin",
    "corp-not-same-site",
  ],
  "invalid-url": ["The page changes the arguments of fetch().", "TypeError"],
  "url-contains-credentials": [
    "The page sends an Authorization header instead of user:password@ in the URL.",
    "TypeError",
  ],
  "invalid-method": ["The page changes the arguments of fetch().", "TypeError"],
  "forbidden-method": ["The page uses a method other than CONNECT, TRACE and TRACK.", "TypeError"],
  "invalid-header": ["The page changes the arguments of fetch().", "TypeError"],
  "invalid-request-option": ["The page changes the arguments of fetch().", "TypeError"],
  "no-cors-method-not-safelisted": ['The page uses GET, HEAD or POST, or mode: "cors".', "TypeError"],
  "only-if-cached-needs-same-origin": ['The page uses mode: "same-origin" with cache: "only-if-cached".', "TypeError"],
  "body-not-allowed": ["The page sends no body with GET and HEAD.", "TypeError"],
  "stream-body-not-allowed": ['The page adds duplex: "half", and uses mode "cors" or "same-origin".', "TypeError"],
  "invalid-data-url": ["The page changes the arguments of fetch().", "net::ERR_INVALID_URL"],
} as const;

/** Those that the response to a preflight can have just as well. */
const shared = {
  "wildcard-origin-with-credentials": [
    'The server answers with the page\'s own origin instead of *, or the page drops credentials: "include".',
    "WildcardOriginNotAllowed",
  ],
  "allow-credentials-not-true": [
    'The server adds Access-Control-Allow-Credentials: true (lower case, once), or the page drops credentials: "include".',
    "InvalidAllowCredentials",
  ],
  "allow-origin-mismatch": [
    "The server answers with Access-Control-Allow-Origin: the page's origin, byte for byte, and Vary: Origin.",
    "AllowOriginMismatch",
  ],
  "multiple-allow-origin-values": [
    "One layer alone sets Access-Control-Allow-Origin, with one value; the others stop setting it.",
    "MultipleAllowOriginValues",
  ],
  "invalid-allow-origin-value": [
    "The server writes an origin: scheme://host[:port], without quotes, path or trailing slash.",
    "InvalidAllowOriginValue",
  ],
} as const;

/** Every way in which a fetch can fail, by a code that stays. Codes of the catalogue of browser failures are the same there. */
export type FailureCode = keyof typeof rows | keyof typeof shared | `preflight-${keyof typeof shared}`;

const failures = Object.fromEntries([
  ...Object.entries<Row>({ ...rows, ...shared }).map(([code, [fix, ...chromium]]) => [code, { fix, chromium }]),
  ...Object.entries(shared).map(([code, [fix, name]]) => [
    `preflight-${code}`,
    { fix, chromium: [`Preflight${name}`] },
  ]),
]) as Readonly<Record<FailureCode, Failure>>;

/**
 * What to do about a failure, and what Chromium calls it.
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

/** Is this a failure of the simulator? */
export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(failures, code);
}
