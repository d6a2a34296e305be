import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

/** An npm script in a process group of its own, as a terminal would run it. */
export interface NpmProgram {
  readonly npm: ChildProcess;
  output(): string;
  /** Waits until the output matches; rejects with the output after `seconds` or when npm ended before. */
  until(pattern: RegExp, seconds: number): Promise<RegExpExecArray>;
  /** npm's own end: exit code, or the signal's name. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts `npm ARGS` in `cwd`. Its whole group is killed when the tests' process exits. */
export function runNpm(args: readonly string[], cwd: string): NpmProgram {
  const npm = spawn("npm", args, { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"], env: environment() });
  const killGroup = (): void => {
    signalGroup(npm, "SIGKILL");
  };
  process.once("exit", killGroup);
  let output = "";
  const hear = (chunk: string): void => {
    output += chunk;
  };
  npm.stdout.setEncoding("utf8").on("data", hear);
  npm.stderr.setEncoding("utf8").on("data", hear);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    npm.once("exit", (code, signal) => resolve(code ?? signal));
  });
  const until = async (pattern: RegExp, seconds: number): Promise<RegExpExecArray> => {
    for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await sleep(50)) {
      const match = pattern.exec(output);
      if (match !== null) return match;
    }
    throw new Error(`npm ${args.join(" ")}: no ${pattern} after ${seconds} s in:\n${output}`);
  };
  return { npm, output: () => output, until, ended };
}

/** Sends a signal to the program's whole group, as Ctrl-C does. */
export function signalGroup(npm: ChildProcess, signal: NodeJS.Signals): void {
  if (npm.pid === undefined) return;
  try {
    process.kill(-npm.pid, signal);
  } catch {
    // The group has ended already.
  }
}

/** The processes of the program's group that still run, as `pid name`. Linux only. */
export function groupMembers(npm: ChildProcess): readonly string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const [, name = "", state = "", group = ""] = /\((.*)\) (\S) \d+ (\d+)/.exec(statOf(pid)) ?? [];
    return Number(group) === npm.pid && state !== "Z" ? [`${pid} ${name}`] : [];
  });
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}

/** What npm gave the tests' own run must not reach the npm that is tested. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^VITEST|^NODE_ENV$/i.test(name));
  return Object.fromEntries(inherited);
}
