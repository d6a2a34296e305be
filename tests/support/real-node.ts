import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { requireInstalled } from "./installed-folder.ts";

const cache = fileURLToPath(new URL("../../artifacts/nodes/", import.meta.url));

/**
 * The program of a Node of another version, from npm: of the package by which npm's `node` brings it to this system. It is installed once.
 * Where that cannot be done it says so loudly and answers `undefined`, so that the test is skipped; with `CI=true` it throws.
 */
export async function requireNode(version: string): Promise<string | undefined> {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const folder = join(cache, version);
  const manifest = join(folder, "package.json");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(manifest))
    writeFileSync(manifest, JSON.stringify({ private: true, dependencies: { [name]: version } }));
  const installed = await requireInstalled(folder, `Node ${version}`);
  const program = process.platform === "win32" ? "node.exe" : "node";
  return installed ? join(folder, "node_modules", name, "bin", program) : undefined;
}
