import { auditApi } from "../../audit/audit-api.ts";
import type { AuditReport } from "../../audit/audit-report.ts";
import { toFindingReport } from "../../audit/to-finding-report.ts";
import type { PacedProgress } from "../../live/paced-client.ts";
import { toJunit } from "../../reports/junit.ts";
import { toSarif } from "../../reports/sarif.ts";
import { severities } from "../../reports/severity.ts";
import { exitCode } from "../../terminal/exit-code.ts";
import { refuse } from "../../terminal/findings.ts";
import { programVersion } from "../../terminal/program-version.ts";
import { withProgress } from "../../terminal/progress.ts";
import type { Output, Terminal } from "../../terminal/terminal.ts";
import { formatAudit } from "./format.ts";
import { type AuditFlags, type ReadAudit, readAudit } from "./read.ts";

/** `corsmith audit URL`: what is wrong with the CORS of a live API. Resolves to the exit code. */
export async function runAudit(url: string, flags: AuditFlags, terminal: Terminal): Promise<number> {
  const { out, err } = terminal;
  const read = readAudit(url, flags);
  if ("findings" in read)
    return refuse(read.findings, read.isForProgram, terminal, "\nFor all flags: corsmith audit --help\n");
  const report = await ask(read, err);
  // A log without results would look to a CI system as if everything were fixed.
  if (report.verdict === "unreached" && /^(?:sarif|junit)$/.test(read.format)) err.write(`${report.headline}\n`);
  else out.write(written(report, read, out));
  if (report.verdict === "unreached") return exitCode.unreached;
  const failing = severities.slice(0, severities.indexOf(read.failOn) + 1);
  return report.findings.some(({ severity }) => failing.includes(severity)) ? exitCode.found : exitCode.done;
}

function written(report: AuditReport, { format }: ReadAudit, out: Output): string {
  switch (format) {
    case "text":
      return formatAudit(report, out);
    case "json":
      return `${JSON.stringify(report, null, 2)}\n`;
    case "sarif":
      return toSarif(toFindingReport(report, programVersion));
    case "junit":
      return toJunit(toFindingReport(report, programVersion));
  }
}

function ask({ request, options }: ReadAudit, err: Output): Promise<AuditReport> {
  return withProgress(err, (say) => {
    let before = "";
    const onProgress = ({ doing, sent, of }: PacedProgress): void => {
      if (err.isTerminal) say(`asking ${doing} (${sent} of ${of})`);
      // A log keeps every line: one for each part is enough.
      else if (doing !== before) say(`asking ${doing}`);
      before = doing;
    };
    return auditApi(request, { ...options, onProgress });
  });
}
