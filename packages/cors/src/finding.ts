/** What a finding means for the policy or the configuration it is about: an `error` stops it from being used, a `warning` does not. */
export type PolicySeverity = "error" | "warning";

/** How bad it is where something already runs, such as a live API, the worst first; `info` is worth knowing and needs no change. */
export type Severity = "critical" | "high" | "medium" | "low" | "info";

/**
 * One thing that is wrong, as data: in a policy, a configuration, a live API or another system's configuration. Code that translates or
 * filters findings goes by `code`, whose meaning never changes.
 *
 * @typeParam Code the codes that the reporter knows; those of a policy by default
 * @typeParam Level its scale of severity
 */
export interface Finding<Code extends string = FindingCode, Level extends string = PolicySeverity> {
  /** What kind of mistake. */
  readonly code: Code;
  readonly severity: Level;
  /** Where: `allowOrigins[1]`, `maxAge`, a variable, a flag, a header or a URL. Empty for the whole. */
  readonly path: string;
  /** What stood there. */
  readonly value: unknown;
  /** What is wrong with it, in a sentence. */
  readonly message: string;
  /** The corrected value wherever there is one, as it would be written; otherwise what to do. */
  readonly fix: string;
  /** Who has to act: the API's own program, something in front of it, or the page. Missing where it is the file's author. */
  readonly who?: "server" | "proxy" | "client";
  /** The file in which it stands, if it stands in one, with the 1-based line and column where they are known. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
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
  "origin-shared-host",
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
