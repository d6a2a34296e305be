import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../packages/corsmith/src/main.ts", import.meta.url));

/** A finding, as `--json` writes it; the keys that tests look at. */
export interface ReportedFinding {
  readonly code: string;
  readonly severity: string;
  readonly readableIn?: readonly string[];
}

/** How an audit ended. */
export interface Audited {
  readonly code: number;
  readonly verdict: string;
  readonly findings: readonly ReportedFinding[];
  /** What is to be mended, in order: informations are left out. */
  readonly codes: readonly string[];
  /** What is worth knowing only. */
  readonly infos: readonly string[];
  readonly judged: readonly string[];
  readonly notes: readonly string[];
}

/** `corsmith audit … --json` as a program of its own. */
export async function runAudit(url: string, ...flags: readonly string[]): Promise<Audited> {
  const parameters = ["--conditions=@corsmith/source", main, "audit", url, "--json", "--rate", "500", ...flags];
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, parameters, { env: { ...process.env, NO_COLOR: "1" } }, (error, out, err) => {
      try {
        const report = JSON.parse(out) as Audited;
        const ofKind = (isInfo: boolean): readonly string[] =>
          report.findings.filter(({ severity }) => (severity === "info") === isInfo).map(({ code }) => code);
        resolve({
          ...report,
          code: error === null ? 0 : Number(error.code),
          codes: ofKind(false),
          infos: ofKind(true),
        });
      } catch {
        reject(new Error(`corsmith audit wrote no report:\n${out}${err}`));
      }
    });
  });
}
