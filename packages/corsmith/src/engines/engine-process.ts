import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { EngineError, type RealEngine } from "./engine.ts";
import { atTheEnd } from "./exit-cleanup.ts";

/** A program that an engine needs, as a process of its own. */
export interface EngineProcess {
  /** Waits until it has written what matches, on stderr or on its third stream. Throws an `EngineError` if it ends before. */
  said(pattern: RegExp, seconds: number): Promise<RegExpExecArray>;
  /** Ends it by its id, gently first. */
  stop(): Promise<void>;
}

/** How to start it. */
export interface EngineProcessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Opens file descriptor 3 for it to write to. */
  readonly thirdStream?: boolean;
}

const keptCharacters = 4000;
const gentleMilliseconds = 3000;

/** Starts a program. It never outlives this process. */
export function startEngineProcess(
  command: string,
  parameters: readonly string[],
  { environment = {}, thirdStream = false }: EngineProcessOptions = {},
): EngineProcess {
  const child = spawn(command, parameters, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe", thirdStream ? "pipe" : "ignore"],
  });
  const takeBack = atTheEnd(() => child.kill("SIGKILL"));
  let output = "";
  const listeners = new Set<() => void>();
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  let ended: string | undefined;
  const exited = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      ended ??= how;
      takeBack();
      notify();
      resolve();
    };
    child.once("error", (error) => end(`did not start: ${error.message}`));
    child.once("exit", (code, signal) => end(`ended with ${code ?? signal} before it was ready`));
  });
  for (const stream of [child.stderr, child.stdio[3]]) {
    stream?.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-keptCharacters);
      notify();
    });
  }
  return {
    said: (pattern, seconds) =>
      new Promise((resolve, reject) => {
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
    stop: () => stop(child, exited, () => ended !== undefined),
  };
}

async function stop(child: ChildProcess, exited: Promise<void>, hasEnded: () => boolean): Promise<void> {
  if (hasEnded()) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), gentleMilliseconds);
  await exited;
  clearTimeout(timer);
}

/** A profile that nobody used before, in a folder of its own. */
export interface TemporaryProfile {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Makes one. It is removed at the latest when this process ends. */
export async function makeTemporaryProfile(engine: RealEngine): Promise<TemporaryProfile> {
  const folder = await mkdtemp(join(tmpdir(), `corsmith-${engine}-`));
  // An engine that is ending may still write while we remove.
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 };
  const takeBack = atTheEnd(() => rmSync(folder, options));
  return {
    folder,
    async remove() {
      await rm(folder, options);
      takeBack();
    },
  };
}
