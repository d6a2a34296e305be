import { execFile } from "node:child_process";
import process from "node:process";

export interface Ran {
  readonly passed: boolean;
  readonly output: string;
}

/** Runs Node with these arguments in a folder. Never rejects; a program that takes longer than `seconds` is killed. */
export function runProgram(args: readonly string[], cwd: string, seconds: number): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd, timeout: seconds * 1000, killSignal: "SIGKILL" },
      (error, stdout, stderr) => {
        const late =
          error?.killed === true
            ? `\nstill running after ${seconds} s: mark the fence "ts no-run" if it serves for ever`
            : "";
        resolve({ passed: error === null, output: `${stdout}${stderr}${late}`.trim() });
      },
    );
  });
}
