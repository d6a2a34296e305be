// Are the tarballs that would be published well formed? Asks publint of both, and attw, in every way to resolve them, of those
// that can be imported; exit 1 if not.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build, publishedPackages } from "./packages/build.ts";
import { pack } from "./packages/pack.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const publint = "node_modules/publint/src/cli.js";
const attw = "node_modules/@arethetypeswrong/cli/dist/index.js";

/** A package without `exports` is a command: nothing in it can be imported, so there are no types to judge. */
function isImportable(folder: string): boolean {
  const manifest: unknown = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "exports" in manifest;
}

function passes(args: readonly string[]): boolean {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) process.stdout.write(`${stdout}${stderr}`);
  return status === 0;
}

function check(folder: string, destination: string): boolean {
  const tarball = pack(folder, destination);
  const wellFormed = passes([publint, "run", "--strict", tarball]);
  const rightTypes = !isImportable(folder) || passes([attw, tarball, "--no-emoji"]);
  return wellFormed && rightTypes;
}

const destination = mkdtempSync(join(tmpdir(), "corsmith-pack-"));
try {
  const built = await build();
  if (built.code !== 0) process.stdout.write(built.output);
  const passed = publishedPackages.map((folder) => check(folder, destination));
  process.exitCode = built.code === 0 && passed.every(Boolean) ? 0 : 1;
} finally {
  rmSync(destination, { recursive: true, force: true });
}
