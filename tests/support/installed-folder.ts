import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Installs what the tests of a folder need beyond the workspace, once, and again when its `package.json` has changed. Few contributors
 * need it, so `npm install` at the top leaves it out. Where it cannot be done it says so loudly and answers false, so that the tests are
 * skipped; with `CI=true` it throws.
 *
 * @param folder holds a `package.json` that is no workspace
 * @param what what is installed, for the sentence that says so
 */
export async function requireInstalled(folder: string, what: string): Promise<boolean> {
  const manifest = readFileSync(join(folder, "package.json"), "utf8");
  const modules = join(folder, "node_modules");
  const stamp = join(modules, ".installed-for-tests.json");
  const isInstalled = (): boolean => readIfThere(stamp) === manifest;
  if (isInstalled()) return true;
  mkdirSync(modules, { recursive: true });
  const release = await takeLock(join(modules, ".installing"));
  try {
    if (isInstalled()) return true;
    process.stderr.write(`\nInstalling ${what} for their tests; this happens once.\n`);
    const { code, output } = await runToEnd("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], folder);
    if (code === 0) {
      writeFileSync(stamp, manifest);
      return true;
    }
    const sentence = `${what} could not be installed in ${folder}: ${output.trim()}`;
    if (process.env["CI"] === "true") throw new Error(sentence);
    process.stderr.write(`\n*** SKIPPED: ${sentence} ***\n\n`);
    return false;
  } finally {
    release();
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Test files run side by side, and npm must not work twice in one folder. A lock that is older than any installation was left behind. */
async function takeLock(lock: string): Promise<() => void> {
  const release = (): void => rmSync(lock, { recursive: true, force: true });
  for (;;) {
    try {
      mkdirSync(lock);
      return release;
    } catch {
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > 360_000) release();
      await sleep(500);
    }
  }
}

/** What became of a program. */
export interface EndedProgram {
  readonly code: number | null;
  /** What it wrote, on both streams as it came. */
  readonly output: string;
}

/** Runs a program to its end, at most five minutes, as in production: Vitest's own `NODE_ENV` is not handed on. */
export function runToEnd(command: string, parameters: readonly string[], cwd: string): Promise<EndedProgram> {
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: 300_000 });
    let output = "";
    const hear = (chunk: string): void => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}
