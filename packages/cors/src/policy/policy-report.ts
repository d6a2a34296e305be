import type { Finding, FindingCode } from "./finding.ts";

/** Takes the findings as they are made. */
export interface PolicyReport {
  readonly error: (code: FindingCode, path: string, value: unknown, message: string, fix: string) => void;
  readonly warning: (code: FindingCode, path: string, value: unknown, message: string, fix: string) => void;
}

/** A report that keeps what it is told in a list. */
export function policyReport(findings: Finding[]): PolicyReport {
  const add =
    (severity: Finding["severity"]): PolicyReport["error"] =>
    (code, path, value, message, fix) => {
      findings.push({ code, severity, path, value, message, fix });
    };
  return { error: add("error"), warning: add("warning") };
}
