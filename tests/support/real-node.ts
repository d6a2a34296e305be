import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const cache = fileURLToPath(new URL("../../artifacts/nodes/", import.meta.url));

/**
 * The program of a Node of another version, from npm: of the package by which npm's `node` brings it to this system. It is installed once.
 * Where that cannot be done it says so loudly and answers `undefined`, so that the test is skipped; with `CI=true` it throws.
 */
export function requireNode(version: string): string | undefined {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const folder = join(cache, version);
  const program = join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (runs(program, version)) return program;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}");
  const args = ["install", `${name}@${version}`, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = spawnSync("npm", args, { cwd: folder, encoding: "utf8", timeout: 120_000 });
  if (runs(program, version)) return program;
  const sentence = `Node ${version} could not be installed by npm: ${npm.stderr.trim()}`;
  if (process.env["CI"] === "true") throw new Error(`${sentence} With CI=true that is a failure.`);
  process.stderr.write(`\n*** SKIPPED: ${sentence} ***\n\n`);
  return undefined;
}

function runs(program: string, version: string): boolean {
  if (!existsSync(program)) return false;
  return spawnSync(program, ["--version"], { encoding: "utf8", timeout: 20_000 }).stdout?.trim() === `v${version}`;
}
