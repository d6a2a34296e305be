import type { PolicySeverity, Severity } from "@corsmith/cors";

interface Grade {
  /** What SARIF calls it. @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317648 */
  readonly level: "error" | "warning" | "note";
  /** What code scanning sorts by, on the scale of CVSS: more than 0, up to 10. */
  readonly score?: string;
}

/** Both scales in one table, each with its worst first: that of live APIs, and that of policies and configurations. */
export const grades: Readonly<Record<Severity | PolicySeverity, Grade>> = {
  critical: { level: "error", score: "9.5" },
  high: { level: "error", score: "8.0" },
  error: { level: "error" },
  medium: { level: "warning", score: "5.5" },
  low: { level: "warning", score: "3.0" },
  warning: { level: "warning" },
  info: { level: "note" },
};

/** The scale of live APIs, the worst first. `info` is worth knowing and needs no change: it does not make an audit fail. */
export const severities = ["critical", "high", "medium", "low", "info"] as const satisfies readonly Severity[];

const ranks: readonly string[] = Object.keys(grades);

/** The worse one comes first. */
export function bySeverity(a: { readonly severity: string }, b: { readonly severity: string }): number {
  return ranks.indexOf(a.severity) - ranks.indexOf(b.severity);
}
