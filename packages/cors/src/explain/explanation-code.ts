import type { FailureCode } from "../browser/failure-code.ts";

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
