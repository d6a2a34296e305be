import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { buildConsole } from "./build-console.ts";
import { copyReference } from "./copy-reference.ts";
import { pruneDist } from "./prune-dist.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The folders of the published packages, from the repository's root. */
export const publishedPackages: readonly string[] = ["packages/cors", "packages/corsmith"];

/** Compiles the published packages into their `dist/`, and builds the console. Answers with the exit code and what was said. */
export function build(args: readonly string[] = []): { readonly code: number; readonly output: string } {
  const tsc = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-b", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  for (const folder of publishedPackages) pruneDist(`${root}${folder}`);
  copyReference();
  const console = buildConsole();
  return { code: tsc.status || console.code, output: `${tsc.stdout}${tsc.stderr}${console.output}` };
}
