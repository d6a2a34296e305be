import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../../../src/main.ts", import.meta.url));

/** How to run the command. */
export interface CorsmithOptions {
  readonly cwd: string;
  /** All of its environment beside PATH. */
  readonly env?: Readonly<Record<string, string>>;
  /** A program, with its arguments, that runs the command. */
  readonly through?: readonly string[];
}

/** What a finished run left behind. */
export interface FinishedRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One line of the log, as JSON. */
export type LogLine = Readonly<Record<string, unknown>>;

/** The real command in a process of its own. It is killed, with its workers, when the test is over. */
export class CorsmithProcess implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly finished: Promise<FinishedRun>;
  stdout = "";
  stderr = "";

  constructor(args: readonly string[], { cwd, env = {}, through = [] }: CorsmithOptions) {
    const [program = "", ...rest] = [...through, process.execPath, "--conditions=@corsmith/source", entry, ...args];
    this.child = spawn(program, rest, {
      cwd,
      env: { PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    this.finished = new Promise((resolve) => {
      this.child.once("close", (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  /** The lines of the log so far; what else stands on stdout is left out. */
  log(): LogLine[] {
    return this.stdout
      .split("\n")
      .filter((line) => line.startsWith("{") && line.endsWith("}"))
      .map((line) => JSON.parse(line) as LogLine);
  }

  /** Waits for a line of the log with this event, the first one that `isIt` accepts. */
  async event(name: string, isIt: (line: LogLine) => boolean = () => true, seconds = 15): Promise<LogLine> {
    return await this.#until(
      () => this.log().find((line) => line["event"] === name && isIt(line)),
      `no event "${name}" within ${seconds} s`,
      seconds,
    );
  }

  /** Where it listens, once it does. */
  async addresses(): Promise<{ readonly api: string; readonly admin: string }> {
    const line = await this.event("serving");
    return { api: String(line["listen"]), admin: String(line["admin"]) };
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 5_000);
    await this.finished;
    clearTimeout(timer);
  }

  async #until<T>(look: () => T | undefined, failure: string, seconds: number): Promise<T> {
    const deadline = performance.now() + seconds * 1000;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      const ended = this.child.exitCode !== null || this.child.signalCode !== null;
      if (ended || performance.now() > deadline)
        throw new Error(`${failure}\nstdout: ${this.stdout}\nstderr: ${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** Runs the command to its end. */
export async function runCorsmith(args: readonly string[], options: CorsmithOptions): Promise<FinishedRun> {
  return await new CorsmithProcess(args, options).finished;
}
