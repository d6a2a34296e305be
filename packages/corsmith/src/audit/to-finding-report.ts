import { misconfigurationOf } from "../misconfigurations/catalogue.ts";
import type { FindingReport } from "../reports/finding-report.ts";
import type { AuditReport, EvidenceItem } from "./audit-report.ts";

/** The audit's report for the formats of CI systems. @param version of this program */
export function toFindingReport({ url, judged, findings }: AuditReport, version: string): FindingReport {
  // What was found is among the rules, even where it could be judged by luck only.
  const codes = [...new Set([...judged, ...findings.map(({ code }) => code)])];
  return {
    command: "audit",
    subject: url,
    version,
    rules: codes.map((code) => ({ code, ...misconfigurationOf(code) })),
    findings: findings.map((finding) => ({
      ...finding,
      message: `${finding.title}. ${finding.message}`,
      file: fileOf(url),
      evidence: finding.evidence.flatMap(linesOf),
    })),
  };
}

function linesOf({ curl, status, headers }: EvidenceItem): readonly string[] {
  return [curl, `  ${status}`, ...headers.map(([name, value]) => `  ${name}: ${value}`)];
}

/** An API is not a file, and code scanning takes nothing else: a path that stands for the URL. */
function fileOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host.replaceAll(/[^\w.-]/g, "_")}${pathname === "/" ? "" : pathname}`;
}
