import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import type { PageFolder } from "./page-folder.ts";

/** A block that was started as a reader would in a terminal. */
export interface Shell {
  /** stdout and stderr as they came. */
  output(): string;
  /** The exit code; `null` if a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Ends it and all that it started. */
  stop(): Promise<void>;
}

const patience = 10_000;

/** Runs a block in bash, stopping at its first command that fails. It never outlives the tests. */
export function startShell(commands: string, { path, env }: PageFolder): Shell {
  // A process group of its own: what the block started is ended with it, and nothing else.
  const child = spawn("bash", ["-eu", "-o", "pipefail", "-c", commands], {
    cwd: path,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const onExit = (): void => signalGroup(child, "SIGKILL");
  process.once("exit", onExit);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", onExit);
      resolve(code);
    });
  });
  return {
    output: () => output,
    ended,
    async stop() {
      signalGroup(child, "SIGTERM");
      const timer = setTimeout(() => signalGroup(child, "SIGKILL"), patience);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Waits until `ready` says so. Throws, with what the block wrote, when it ends before or takes too long. */
export async function untilReady(shell: Shell, ready: () => Promise<boolean>): Promise<void> {
  let ended: string | undefined;
  void shell.ended.then((code) => {
    ended = `it ended with ${code}`;
  });
  for (const until = performance.now() + 2 * patience; performance.now() < until; await delay(50)) {
    if (await ready()) return;
    if (ended !== undefined) break;
  }
  throw new Error(`the server did not get ready: ${ended ?? "it took too long"}\n${shell.output()}`);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
