import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const built = join(root, "packages/corsmith/console/.vite/built");

/** What the console is made of: itself, the library's sources, and the versions of everything else. */
const inputs = ["apps/console/**/*", "packages/cors/src/**/*.ts", "packages/cors/package.json", "package-lock.json"];

/**
 * Builds the console into `packages/corsmith/console/`, from where `corsmith serve` serves it and the package carries it. Does nothing if
 * it was built from the same files before. Answers with the exit code and what there is to say.
 */
export function buildConsole(): { readonly code: number; readonly output: string } {
  const state = fingerprint();
  if (existsSync(built) && readFileSync(built, "utf8") === state) return { code: 0, output: "" };
  const vite = spawnSync(
    process.execPath,
    ["node_modules/vite/bin/vite.js", "build", "apps/console", "--logLevel", "error"],
    { cwd: root, encoding: "utf8" },
  );
  if (vite.status !== 0) return { code: vite.status ?? 1, output: `${vite.stdout}${vite.stderr}` };
  writeFileSync(built, state);
  return { code: 0, output: "" };
}

/** By the text of the files and not by their dates: a fresh clone has all dates new. */
function fingerprint(): string {
  const hash = createHash("sha256");
  const files = globSync(inputs, { cwd: root, exclude: ["**/node_modules/**"], withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}
