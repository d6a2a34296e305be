import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

export interface NodeRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Node as a stranger would: none of our conditions, none of npm's variables. */
export function runNode(node: string, args: readonly string[], cwd: string): NodeRun {
  const environment = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_)/i.test(name));
  const { status, stdout, stderr } = spawnSync(node, args, {
    cwd,
    env: Object.fromEntries(environment),
    encoding: "utf8",
    timeout: 60_000,
  });
  return { code: status, stdout, stderr };
}

/** The Node that runs the tests and, where it is another one and new enough for the packages, the machine's own. */
export function supportedNodes(): readonly { readonly version: string; readonly path: string }[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const paths = [process.execPath, ...folders.map((folder) => join(folder, "node")).filter(existsSync)];
  const found = paths.map((path) => ({ path, version: runNode(path, ["--version"], ".").stdout.trim() }));
  return found
    .filter(({ version }, index) => found.findIndex((other) => other.version === version) === index)
    .filter(({ version }) => isSupported(version));
}

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}
