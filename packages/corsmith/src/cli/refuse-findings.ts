import type { ConfigFinding } from "../config/config-finding.ts";
import { exitCode } from "./exit-code.ts";
import { findingsReport } from "./findings-report.ts";
import { countFindings, formatFindings } from "./format-findings.ts";
import type { Terminal } from "./terminal.ts";

/** Says why nothing is served, to people or to programs. Returns the exit code for it. */
export function refuseFindings(
  findings: readonly ConfigFinding[],
  { json }: { readonly json: boolean },
  { out, err }: Terminal,
): number {
  if (json) out.write(findingsReport(findings));
  else
    err.write(
      `${formatFindings(findings, err)}\n\n${err.colors.bold(`${countFindings(findings)}. Nothing is served.`)}\n`,
    );
  return exitCode.refused;
}
