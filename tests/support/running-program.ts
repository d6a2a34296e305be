import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";

/** A program of its own process that said it was ready. */
export interface RunningProgram {
  /** What `ready` matched in its output. */
  readonly ready: RegExpExecArray;
  /** All that it wrote so far, stdout and stderr as they came. */
  output(): string;
  /** Ends it, gently first. Resolves to its exit code, `null` if a signal ended it. */
  stop(): Promise<number | null>;
}

/** How to run a program. */
export interface ProgramOptions {
  /** What it writes, on either stream, when it is ready. */
  readonly ready: RegExp;
  readonly cwd?: string | URL;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds to get ready. Default 20. */
  readonly readySeconds?: number;
}

/**
 * Starts a program and waits until it is ready. Rejects, with all that it wrote, when it ends before or takes too long. It never outlives
 * the tests: it is killed when their process exits.
 */
export async function runProgram(
  command: string,
  parameters: readonly string[],
  { ready, cwd, env = {}, readySeconds = 20 }: ProgramOptions,
): Promise<RunningProgram> {
  const child = spawn(command, parameters, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", kill);
  const exited = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      process.off("exit", kill);
      resolve(code);
    });
  });

  let output = "";
  const announced = new Promise<RegExpExecArray>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${command} ${parameters.join(" ")} ${why}:\n${output}`));
    const timer = setTimeout(() => fail(`was not ready after ${readySeconds} s`), readySeconds * 1000);
    const hear = (chunk: string): void => {
      output += chunk;
      const match = ready.exec(output);
      if (match === null) return;
      clearTimeout(timer);
      resolve(match);
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    child.once("error", (error) => fail(`did not start: ${error.message}`));
    child.once("close", (code) => {
      clearTimeout(timer);
      fail(`ended with ${code} before it was ready`);
    });
  });
  try {
    return { ready: await announced, output: () => output, stop: () => stop(child, exited) };
  } catch (error) {
    kill();
    throw error;
  }
}

async function stop(child: ChildProcess, exited: Promise<number | null>): Promise<number | null> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  const code = await exited;
  clearTimeout(timer);
  return code;
}
