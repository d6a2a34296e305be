import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { EngineError, type RealEngine, type RunningEngine } from "./engine.ts";
import { onExit } from "./exit-cleanup.ts";
import type { ProtocolSession } from "./protocol-session.ts";

const maxKeptOutput = 4000;
const shutdownTimeoutMs = 3000;

interface EngineProcessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Opens file descriptor 3 for it to write to. */
  readonly thirdStream?: boolean;
}

/** Starts a program that an engine needs, as a process of its own. It never outlives this process. */
export function startEngineProcess(
  command: string,
  parameters: readonly string[],
  { environment = {}, thirdStream = false }: EngineProcessOptions = {},
) {
  const child = spawn(command, parameters, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe", thirdStream ? "pipe" : "ignore"],
  });
  const forget = onExit(() => child.kill("SIGKILL"));
  let output = "";
  const listeners = new Set<() => void>();
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  let ended: string | undefined;
  const exited = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      ended ??= how;
      forget();
      notify();
      resolve();
    };
    child.once("error", (error) => end(`did not start: ${error.message}`));
    child.once("exit", (code, signal) => end(`ended with ${code ?? signal} before it was ready`));
  });
  for (const stream of [child.stderr, child.stdio[3]]) {
    stream?.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-maxKeptOutput);
      notify();
    });
  }
  return {
    /**
     * Waits until it has written what matches, on stderr or on its third stream.
     *
     * @throws {EngineError} if it ends before
     */
    waitFor: (pattern: RegExp, seconds: number) =>
      new Promise<RegExpExecArray>((resolve, reject) => {
        const settle = (): void => {
          clearTimeout(timer);
          listeners.delete(look);
        };
        const fail = (why: string): void => {
          settle();
          reject(new EngineError(`${command} ${why}.${output.trim() === "" ? "" : ` It wrote:\n${output.trim()}`}`));
        };
        const look = (): void => {
          const match = pattern.exec(output);
          if (match !== null) {
            settle();
            resolve(match);
          } else if (ended !== undefined) fail(ended);
        };
        const timer = setTimeout(() => fail(`was not ready after ${seconds} s`), seconds * 1000);
        listeners.add(look);
        look();
      }),
    /** Ends it by its id, gently first. */
    async stop(): Promise<void> {
      if (ended !== undefined) return;
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), shutdownTimeoutMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Makes a new profile in a folder of its own. It is removed at the latest when this process ends. */
export async function makeTemporaryProfile(engine: RealEngine) {
  const folder = await mkdtemp(join(tmpdir(), `corsmith-${engine}-`));
  // An engine that is ending may still write while we remove.
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
  const forget = onExit(() => rmSync(folder, options));
  return {
    folder,
    async remove(): Promise<void> {
      await rm(folder, options);
      forget();
    },
  };
}

/** What differs between engines that print the address at which they listen. */
export interface EngineStart {
  /** Makes the profile in this folder ready, and returns the program's parameters. */
  prepare(folder: string): Promise<readonly string[]>;
  /** How it prints the address. */
  readonly listening: RegExp;
  connect(
    address: string,
  ): Promise<Pick<RunningEngine, "version" | "openPage"> & { readonly session: ProtocolSession }>;
}

/**
 * Starts an engine with a profile of its own and connects to it.
 *
 * @throws {EngineError} if it does not start
 */
export async function runEngine(engine: RealEngine, program: string, start: EngineStart): Promise<RunningEngine> {
  const profile = await makeTemporaryProfile(engine);
  const child = startEngineProcess(program, await start.prepare(profile.folder));
  const close = async (): Promise<void> => {
    await child.stop();
    await profile.remove();
  };
  try {
    const [, address = ""] = await child.waitFor(start.listening, 60);
    const { session, ...running } = await start.connect(address);
    return {
      engine,
      ...running,
      async close() {
        session.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
