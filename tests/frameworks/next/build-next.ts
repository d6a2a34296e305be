import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The folder of the Next application, with an installation of its own: three hundred megabytes that few contributors need. */
export const nextFolder: string = fileURLToPath(new URL("../../frameworks-next/", import.meta.url));

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Next's own program, once it is installed. */
export const nextProgram = `${nextFolder}node_modules/next/dist/bin/next`;

/**
 * Installs Next if it is not there. Where that cannot be done it says so loudly and answers false, so that the tests are skipped; with
 * `CI=true` it throws.
 */
export async function requireNext(): Promise<boolean> {
  if (existsSync(nextProgram)) return true;
  process.stderr.write("\nInstalling Next for its tests; this happens once.\n");
  const installed = await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], nextFolder);
  if (installed.code === 0) return true;
  const sentence = `Next could not be installed in tests/frameworks-next: ${installed.output.trim()}`;
  if (process.env["CI"] === "true") throw new Error(sentence);
  process.stderr.write(`\n*** SKIPPED: ${sentence} ***\n\n`);
  return false;
}

/** Compiles the library, which Next takes as it is published, and builds the application that stands in `folder`. */
export async function buildNext(folder: string = nextFolder): Promise<void> {
  await must(process.execPath, ["node_modules/typescript/bin/tsc", "-b", "packages/cors"], root);
  await must(process.execPath, [nextProgram, "build"], folder);
}

async function must(command: string, parameters: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await run(command, parameters, cwd);
  if (code !== 0) throw new Error(`${command} ${parameters.join(" ")} ended with ${code}:\n${output}`);
}

function run(
  command: string,
  parameters: readonly string[],
  cwd: string,
): Promise<{ readonly code: number | null; readonly output: string }> {
  // Vitest says in NODE_ENV that it tests; Next would take that for its own.
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
