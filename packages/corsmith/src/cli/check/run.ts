import { checkApi } from "../../check/check-api.ts";
import type { CheckReport } from "../../check/check-report.ts";
import type { ConfigFinding } from "../../config/config-finding.ts";
import { exitCode } from "../../terminal/exit-code.ts";
import { findingsReport, formatFindings } from "../../terminal/findings.ts";
import { startProgress } from "../../terminal/progress.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { formatCheck } from "./format.ts";
import { type ReadCheck, readCheck } from "./read.ts";
import type { CheckFlags, CheckInput } from "./read-source.ts";

/** How `check` ends, by its verdict. Scripts rely on these numbers. */
const checkExitCode: Readonly<Record<CheckReport["verdict"], number>> = {
  allowed: exitCode.done,
  blocked: exitCode.blocked,
  unreached: exitCode.unreached,
};

/** `corsmith check URL`: what a browser would do with a live API. Resolves to the exit code. */
export async function runCheck(input: CheckInput, flags: CheckFlags, { out, err }: Terminal): Promise<number> {
  const read = await readCheck(input, flags);
  if ("findings" in read) return refuse(read.findings, flags, { out, err });
  const report = await ask(read, err);
  if (flags.json === true) out.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    for (const note of read.notes) err.write(`${note}\n`);
    out.write(formatCheck(report, out));
  }
  // What a browser really did outweighs what it was expected to do.
  const isRefused = report.verdict === "allowed" && report.browser?.verdict === "blocked";
  return isRefused ? exitCode.blocked : checkExitCode[report.verdict];
}

async function ask({ request, options }: ReadCheck, err: Terminal["err"]): Promise<CheckReport> {
  const progress = startProgress(err);
  try {
    return await checkApi(request, { ...options, onProgress: progress.say });
  } finally {
    progress.stop();
  }
}

function refuse(findings: readonly ConfigFinding[], { json }: CheckFlags, { out, err }: Terminal): number {
  if (json === true) out.write(findingsReport(findings));
  else err.write(`${formatFindings(findings, err)}\n\nEvery flag: corsmith check --help\n`);
  return exitCode.refused;
}
