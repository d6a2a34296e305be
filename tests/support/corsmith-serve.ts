import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { PolicyInput } from "@corsmith/cors";
import { type RunningProgram, runProgram } from "./running-program.ts";

/** `corsmith serve`, as a process of its own, run from the sources. */
export interface CorsmithServe {
  /** Where it listens. */
  readonly url: URL;
  /** Where its console and its API are. */
  readonly admin: URL;
  /** All that it wrote so far. */
  output(): string;
  stop(): Promise<void>;
}

/** `corsmith console`. */
export interface ConsoleServe {
  readonly admin: URL;
  stop(): Promise<void>;
}

/** `corsmith serve` without an upstream. */
export interface ServedDemo extends CorsmithServe {
  readonly allowedPage: URL;
  readonly refusedPage: URL;
}

/** Puts Corsmith in front of an API, under a policy that it reads from a file. */
export async function serveUpstream(upstream: URL, policy: PolicyInput): Promise<CorsmithServe> {
  const folder = await mkdtemp(join(tmpdir(), "corsmith-serve-"));
  await writeFile(join(folder, "policy.json"), JSON.stringify(policy));
  const program = await serve(folder, ["--upstream", upstream.origin, "--policy", "policy.json"]);
  return served(program, folder);
}

/** Puts Corsmith in front of an API, with a configuration that it reads from `corsmith.config.yaml` and may write. */
export async function serveConfiguration(upstream: URL, yaml: string): Promise<CorsmithServe> {
  const folder = await mkdtemp(join(tmpdir(), "corsmith-serve-"));
  await writeFile(join(folder, "corsmith.config.yaml"), yaml);
  return served(await serve(folder, ["--upstream", upstream.origin]), folder);
}

/** The console alone, beside servers that report to it. */
export async function serveConsole(environment: Readonly<Record<string, string>>): Promise<ConsoleServe> {
  const folder = await mkdtemp(join(tmpdir(), "corsmith-serve-"));
  const program = await run(folder, ["console", "--admin", "127.0.0.1:0"], environment);
  return {
    admin: new URL(servingLine(program).admin),
    async stop() {
      await program.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Starts the demo. */
export async function serveDemo(): Promise<ServedDemo> {
  // A folder of its own, lest a configuration file that lies above the current one is found.
  const folder = await mkdtemp(join(tmpdir(), "corsmith-serve-"));
  const program = await serve(folder, []);
  const { demo } = servingLine(program);
  if (demo === undefined) throw new Error(`corsmith serve named no demo:\n${program.output()}`);
  return { ...served(program, folder), allowedPage: new URL(demo.allowedPage), refusedPage: new URL(demo.refusedPage) };
}

async function serve(folder: string, flags: readonly string[]): Promise<RunningProgram> {
  return await run(folder, ["serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", ...flags], {});
}

async function run(
  folder: string,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const main = fileURLToPath(new URL("../../packages/corsmith/src/main.ts", import.meta.url));
  const parameters = ["--conditions=@corsmith/source", main, ...command];
  return await runProgram(process.execPath, parameters, { cwd: folder, env, ready: /^(\{.*"event":"serving".*\})\n/m });
}

/** The log's first line: which addresses the system gave. */
interface ServingLine {
  readonly listen: string;
  readonly admin: string;
  readonly demo?: { readonly allowedPage: string; readonly refusedPage: string };
}

function servingLine(program: RunningProgram): ServingLine {
  return JSON.parse(program.ready[1] ?? "") as ServingLine;
}

function served(program: RunningProgram, folder: string): CorsmithServe {
  const { listen, admin } = servingLine(program);
  return {
    url: new URL(listen),
    admin: new URL(admin),
    output: program.output,
    async stop() {
      await program.stop();
      await rm(folder, { recursive: true });
    },
  };
}
