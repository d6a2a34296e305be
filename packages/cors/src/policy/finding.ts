/** What a finding means for the policy: an `error` stops it from being built, a `warning` does not. */
export type Severity = "error" | "warning";

/**
 * One mistake in a policy, as data. Code that translates or filters findings goes by `code`, whose meaning never changes.
 */
export interface Finding {
  /** What kind of mistake; see the catalogue in `finding-codes.ts`. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Where: `allowOrigins[1]`, `maxAge`, or the name of an environment variable. Empty for the policy as a whole. */
  readonly path: string;
  /** What stood there. */
  readonly value: unknown;
  /** What is wrong with it, in a sentence. */
  readonly message: string;
  /** The corrected value wherever there is one, as it would be written; otherwise what to do. */
  readonly fix: string;
}

/** Every code that a policy's validation can report. The catalogue and the tests read this list. */
export const findingCodes = [
  "policy-not-an-object",
  "key-unknown",
  "preset-unknown",
  "danger-unknown",
  "type-mismatch",
  "origins-missing",
  "origin-any-not-alone",
  "origin-any-with-credentials",
  "origin-comma-joined",
  "origin-default-port",
  "origin-host-invalid",
  "origin-host-not-ascii",
  "origin-insecure-with-credentials",
  "origin-ip-not-canonical",
  "origin-any-port-with-credentials",
  "origin-null",
  "origin-null-with-credentials",
  "origin-pattern-too-wide",
  "origin-port-invalid",
  "origin-public-suffix",
  "origin-regular-expression",
  "origin-scheme-missing",
  "origin-scheme-unusable",
  "origin-too-long",
  "origin-trailing-slash",
  "origin-uppercase",
  "origin-userinfo",
  "origin-whitespace",
  "origin-wildcard-misplaced",
  "origin-with-path",
  "origin-lookup-with-any-origin",
  "protection-with-any-origin",
  "method-case",
  "method-forbidden",
  "method-invalid",
  "header-forbidden",
  "header-invalid",
  "header-not-for-requests",
  "expose-any-with-credentials",
  "expose-forbidden",
  "expose-invalid",
  "expose-not-for-responses",
  "max-age-invalid",
  "preflight-status-invalid",
  "variable-invalid",
] as const;

/** A code of the catalogue {@link findingCodes}. */
export type FindingCode = (typeof findingCodes)[number];
