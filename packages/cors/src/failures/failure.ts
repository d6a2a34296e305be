/** Who can end a failure: whoever answers, whoever wrote the page (or sits before it), or whoever runs what stands between. */
export type Actor = "server" | "client" | "proxy";

/**
 * `cors`: a decision of the CORS protocol. `lookalike`: reported as one or beside it, the cause lies elsewhere. `silent`: the console
 * says nothing of it. `request`: the page asked for what a request cannot be.
 */
export type Kind = "cors" | "lookalike" | "silent" | "request";

/** When it happens: before anything is sent, on the way, at the preflight, at a redirect, at the answer, or after it, in the page. */
export type Phase = "request" | "network" | "preflight" | "redirect" | "response" | "page";

/** Where the rule is written. */
export interface Section {
  readonly name: string;
  readonly url: string;
}

/** What can be done, and by whom. */
export interface Fix {
  readonly who: Actor;
  readonly what: string;
}

/**
 * How it is reported, by whom: texts in which `{url}`, `{origin}`, `{method}`, `{header}`, `{value}`, `{status}` and `{from}` stand for
 * what differs. Chromium writes `Access to fetch at … has been blocked by CORS policy: ` before most of its own.
 */
export interface Messages {
  readonly chromium?: readonly string[];
  readonly firefox?: readonly string[];
  readonly webkit?: readonly string[];
  /** Libraries of pages, and bodies that servers write. */
  readonly others?: readonly string[];
}

/** All that is to be said of one failure. */
export interface Explanation {
  readonly code: ExplanationCode;
  readonly kind: Kind;
  readonly phase: Phase;
  readonly title: string;
  /** What the browser checks, in a sentence or two. */
  readonly rule: string;
  readonly section: Section;
  /** The name that Firefox gives the reason; the link at the end of its message ends in it. */
  readonly firefoxName?: string;
  readonly messages: Messages;
  /** Why it happens, likeliest first. */
  readonly causes: readonly string[];
  /** Best first. */
  readonly fixes: readonly Fix[];
  readonly seeAlso: readonly ExplanationCode[];
}

/** What a file of the catalogue holds: explanations by their codes. */
export type Theme<Code extends ExplanationCode> = Readonly<Record<Code, Entry>>;

type Entry = Omit<Explanation, "code" | "seeAlso"> & Partial<Pick<Explanation, "seeAlso">>;

/** Failures of the CORS half of Fetch that are told apart only by what a probe or a status adds to the browser's text. */
type CloserCode =
  | "preflight-unauthorized"
  | "preflight-no-options-handler"
  | "preflight-refused-by-policy"
  | "preflight-network-failure"
  | "preflight-cache-stale"
  | "preflight-redirect-http-to-https"
  | "preflight-redirect-hsts"
  | "preflight-redirect-trailing-slash"
  | "preflight-redirect-login"
  | "header-response-header-sent-by-client"
  | "header-safelisted-value-too-long"
  | "redirect-blocked"
  | "origin-null"
  | "origin-not-in-allowlist"
  | "cached-response-for-other-origin"
  | "cors-disabled-in-browser"
  | "origin-header-not-added";

/** Causes elsewhere, which a browser reports as if they were CORS, or beside it. */
type LookalikeCode =
  | "error-status"
  | "error-response-without-cors"
  | "gateway-error-without-cors"
  | "auth-error-without-cors"
  | "not-found-without-cors"
  | "body-too-large-413"
  | "rate-limited-429"
  | "waf-challenge"
  | "redirect-to-login"
  | "cached-response-without-cors"
  | "wrong-port-or-host"
  | "host-not-allowed-dev-server"
  | "csrf-origin-check-failed"
  | "websocket-origin-rejected"
  | "service-worker-failure"
  | "offline"
  | "blocked-by-client"
  | "blocked-by-csp"
  | "blocked-by-orb"
  | "forbidden-request-header"
  | "cors-request-did-not-succeed"
  | "local-network-access-denied"
  | "insecure-private-network"
  | "invalid-private-network-access"
  | "unexpected-private-network-access"
  | "private-network-permission-unavailable"
  | "preflight-missing-allow-private-network"
  | "preflight-invalid-allow-private-network";

/** What goes wrong without a line in the console. */
type SilentCode =
  | "response-header-not-exposed"
  | "opaque-response-no-cors"
  | "credentials-not-sent"
  | "canvas-or-media-tainted"
  | "script-error-muted";

/** Every failure that can be explained, by a code that stays: each of the simulator's, and those that only look like one. */
export type ExplanationCode = FailureCode | CloserCode | LookalikeCode | SilentCode;

/**
 * Every way in which a fetch can fail, by a code that stays. Codes of the catalogue of browser failures are the same there.
 */
export type FailureCode =
  | "missing-allow-origin"
  | "preflight-missing-allow-origin"
  | "wildcard-origin-with-credentials"
  | "preflight-wildcard-origin-with-credentials"
  | "multiple-allow-origin-values"
  | "preflight-multiple-allow-origin-values"
  | "invalid-allow-origin-value"
  | "preflight-invalid-allow-origin-value"
  | "allow-origin-mismatch"
  | "preflight-allow-origin-mismatch"
  | "allow-credentials-not-true"
  | "preflight-allow-credentials-not-true"
  | "preflight-status-not-ok"
  | "preflight-redirect"
  | "method-not-allowed"
  | "method-case-mismatch"
  | "method-wildcard-with-credentials"
  | "header-not-allowed"
  | "header-authorization-not-covered-by-wildcard"
  | "header-wildcard-with-credentials"
  | "invalid-allow-methods"
  | "invalid-allow-headers"
  | "redirect-contains-credentials"
  | "redirect-origin-becomes-null"
  | "redirect-non-http-scheme"
  | "redirect-too-many"
  | "redirect-not-followed"
  | "redirect-invalid-location"
  | "redirect-body-not-replayable"
  | "no-cors-redirect-mode"
  | "disallowed-by-mode"
  | "cors-disabled-scheme"
  | "mixed-content"
  | "unsafe-port"
  | "blocked-by-corp"
  | "not-in-cache"
  | "invalid-data-url"
  | "request-aborted"
  | "server-down"
  | "connection-broken"
  | "dns-failure"
  | "tls-failure"
  | "opaque-network-error"
  | "invalid-url"
  | "url-contains-credentials"
  | "invalid-method"
  | "forbidden-method"
  | "invalid-header"
  | "invalid-request-option"
  | "no-cors-method-not-safelisted"
  | "only-if-cached-needs-same-origin"
  | "body-not-allowed"
  | "stream-body-not-allowed";
