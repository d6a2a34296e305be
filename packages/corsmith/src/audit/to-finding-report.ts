import type { FindingReport } from "../reports/finding-report.ts";
import type { AuditReport, EvidenceItem } from "./audit-report.ts";
import { entryOf } from "./finding-code.ts";

/** The audit's report for the formats of CI systems. @param version of this program */
export function toFindingReport({ url, judged, findings }: AuditReport, version: string): FindingReport {
  const place = { path: pathOf(url), name: url };
  // What was found is among the rules, even where it could be judged by luck only.
  const codes = [...new Set([...judged, ...findings.map(({ code }) => code)])];
  return {
    command: "audit",
    subject: url,
    version,
    rules: codes.map((code) => {
      const { title, means, fix, section, cwe } = entryOf(code);
      return { code, title, means, fix, section, cwe };
    }),
    findings: findings.map(({ code, severity, title, says, fix, evidence }) => ({
      code,
      severity,
      says: `${title}. ${says}`,
      fix: `${fix.who}: ${fix.what}`,
      evidence: evidence.flatMap(linesOf),
      place,
    })),
  };
}

function linesOf({ curl, status, headers }: EvidenceItem): readonly string[] {
  return [curl, `  ${status}`, ...headers.map(([name, value]) => `  ${name}: ${value}`)];
}

/** An API is no file, and code scanning takes nothing else: a path that stands for the URL. */
function pathOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host.replaceAll(/[^\w.-]/g, "_")}${pathname === "/" ? "" : pathname}`;
}
