import { type ConfigFinding, hasErrors } from "../config/config-finding.ts";

/** What `--json` prints of a check. The keys are stable: others may be added, none changes its meaning. */
export interface FindingsReport {
  /** Is there no error among the findings? */
  readonly ok: boolean;
  readonly findings: readonly ConfigFinding[];
}

/** The report for these findings, as one JSON text with a line break at its end. `more` is put behind the two keys. */
export function findingsReport(
  findings: readonly ConfigFinding[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  const report: FindingsReport = { ok: !hasErrors(findings), findings: findings.map(withValue) };
  return `${JSON.stringify({ ...report, ...more }, null, 2)}\n`;
}

/** The key `value` is always there: JSON would leave out what is `undefined`, or code. */
function withValue(finding: ConfigFinding): ConfigFinding {
  return JSON.stringify(finding.value) === undefined ? { ...finding, value: null } : finding;
}
