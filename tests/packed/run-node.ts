import { spawnSync } from "node:child_process";
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
