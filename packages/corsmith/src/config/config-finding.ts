import type { Finding, FindingCode } from "@corsmith/cors";
import type { RouteFaultCode } from "@corsmith/cors/routes";

/** Every code that a configuration can report beside those of a policy and of the routes' paths. The meaning of a code never changes. */
export const configFindingCodes = [
  "address-forbidden",
  "address-in-use",
  "address-invalid",
  "address-unknown",
  "addresses-equal",
  "admin-token-invalid",
  "admin-token-missing",
  "config-ambiguous",
  "config-empty",
  "config-mixed",
  "config-no-default-export",
  "config-not-an-object",
  "config-not-found",
  "config-syntax",
  "config-threw",
  "config-type-unknown",
  "config-unreadable",
  "journal-foreign",
  "journal-invalid",
  "journal-newer",
  "journal-password-shown",
  "journal-refused",
  "journal-unreadable",
  "journal-unreachable",
  "limit-invalid",
  "log-level-invalid",
  "mode-unknown",
  "mode-without-overlay",
  "overlay-nested",
  "policy-missing",
  "switch-invalid",
  "timeout-invalid",
  "trust-proxy-everyone",
  "trust-proxy-invalid",
  "upstream-invalid",
  "upstream-is-gateway",
  "upstream-missing",
  "usage",
  "variable-unknown",
  "workers-invalid",
] as const;

export type ConfigFindingCode = (typeof configFindingCodes)[number];

/**
 * One mistake in a configuration. The findings of a policy are the library's own, with the place in the whole configuration in front:
 * `routes[0].policy.allowOrigins[1]`, `$production.listen`, `--listen` or `CORSMITH_LISTEN`. `--json` prints exactly these keys.
 */
export type ConfigFinding = Finding<FindingCode | RouteFaultCode | ConfigFindingCode>;

/** Does any of these findings stop the configuration from being used? */
export function hasErrors(findings: readonly Pick<Finding, "severity">[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}

/** An error in a configuration. @param fix the corrected value, or what to do */
export function configError(
  code: ConfigFinding["code"],
  path: string,
  value: unknown,
  message: string,
  fix: string,
): ConfigFinding {
  return { code, severity: "error", path, value, message, fix };
}

/** An error in a file: in the whole of it, unless `place` has more. */
export function fileError(
  file: string,
  code: ConfigFinding["code"],
  message: string,
  fix: string,
  place: Partial<Pick<ConfigFinding, "value" | "file" | "line" | "column">> = {},
): ConfigFinding {
  return { ...configError(code, "", undefined, message, fix), file, ...place };
}
