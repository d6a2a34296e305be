import { severities } from "../reports/severity.ts";
import type { Finding } from "./audit-report.ts";
import { answersTo, type Evidence, letsIn, opennessOf } from "./evidence.ts";

/** How many there are, and how bad: what is an information only is left out. */
export function findingsHeadline(findings: readonly Finding[]): string {
  const counts = severities
    .filter((severity) => severity !== "info")
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return `${total} finding${total === 1 ? "" : "s"}: ${counts.map(([severity, count]) => `${count} ${severity}`).join(", ")}.`;
}

/** Nothing to mend, and whom the API lets in: who reads "clean" wants to know what was clean. */
export function cleanHeadline(evidence: Evidence, findings: readonly Finding[]): string {
  const worth =
    findings.length === 0 ? "" : ` ${findings.length === 1 ? "One thing is" : "A few things are"} worth knowing.`;
  return `Clean: ${whom(evidence)}${worth}`;
}

function whom(evidence: Evidence): string {
  switch (opennessOf(evidence)) {
    case "everybody":
      return "every page may read, and none with credentials.";
    case "whoever-asks":
      return "every page may read.";
    case "selective": {
      const known = answersTo(evidence, "known").filter(letsIn);
      if (known.length > 0) return "pages that you named may read, and no stranger was let in.";
      return "no page of another origin was let in.";
    }
  }
}
