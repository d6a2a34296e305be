import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The version of an installed package, from its own `package.json`. */
export function versionOf(name: string): string {
  const path = new URL(`../../../node_modules/${name}/package.json`, import.meta.url);
  const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "?";
  return String(version);
}

/** The version of a module of Debian's Python. */
export function pythonVersionOf(module: string): string {
  const print = `import ${module}; print(${module}.__version__)`;
  return spawnSync("/usr/bin/python3", ["-c", print], { encoding: "utf8", timeout: 20_000 }).stdout.trim();
}
