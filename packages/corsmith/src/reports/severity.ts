/** How bad a finding is, the worst first. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;

/** `info` is worth knowing and nothing to mend: it does not make an audit fail. */
export type Severity = (typeof severities)[number];

/** The worse one comes first. */
export function bySeverity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
}
