import { checkApi } from "../../check/check-api.ts";
import type { CheckReport } from "../../check/check-report.ts";
import { exitCode } from "../../terminal/exit-code.ts";
import { refuse } from "../../terminal/findings.ts";
import { withProgress } from "../../terminal/progress.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { formatCheck } from "./format.ts";
import { readCheck } from "./read.ts";
import type { CheckFlags, CheckInput } from "./read-source.ts";

/** How `check` ends, by its verdict. Scripts rely on these numbers. */
const checkExitCode: Readonly<Record<CheckReport["verdict"], number>> = {
  allowed: exitCode.done,
  blocked: exitCode.blocked,
  unreached: exitCode.unreached,
};

/** `corsmith check URL`: what a browser would do with a live API. Resolves to the exit code. */
export async function runCheck(input: CheckInput, flags: CheckFlags, terminal: Terminal): Promise<number> {
  const json = flags.json === true;
  const { out, err } = terminal;
  const read = await readCheck(input, flags);
  if ("findings" in read) return refuse(read.findings, json, terminal, "\nFor all flags: corsmith check --help\n");
  const report = await withProgress(err, (say) => checkApi(read.request, { ...read.options, onProgress: say }));
  for (const note of json ? [] : read.notes) err.write(`${note}\n`);
  out.write(json ? `${JSON.stringify(report, null, 2)}\n` : formatCheck(report, out));
  // What a browser really did outweighs what it was expected to do.
  const isRefused = report.verdict === "allowed" && report.browser?.verdict === "blocked";
  return isRefused ? exitCode.blocked : checkExitCode[report.verdict];
}
