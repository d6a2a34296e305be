import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import type { Gate } from "./gates.ts";

export interface GateResult {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** What its programs wrote, both streams as they came. */
  readonly output: string;
}

/** Runs a gate's programs, all of them even if one fails. The program under way ends with us. */
export async function runGate(gate: Gate): Promise<GateResult> {
  const start = performance.now();
  let output = "";
  let passed = true;
  for (const run of gate.runs) {
    const child = spawn(process.execPath, [...process.execArgv, ...run], { stdio: ["ignore", "pipe", "pipe"] });
    const hear = (chunk: string): void => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    if ((await ended(child)) !== 0) passed = false;
  }
  return { name: gate.name, passed, seconds: (performance.now() - start) / 1000, output };
}

function ended(child: ChildProcess): Promise<number | null> {
  const stop = (signal: NodeJS.Signals): void => {
    child.kill(signal);
    process.exit(1);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve(code);
    });
  });
}
