import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { buildConsole } from "./build-console.ts";
import { bundleLibrary } from "./bundle-library.ts";
import { copyReference } from "./copy-reference.ts";
import { pruneDist } from "./prune-dist.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The folders of the published packages, from the repository's root. */
export const publishedPackages: readonly string[] = ["packages/cors", "packages/corsmith"];

/**
 * Checks the types of the published packages, bundles the library, compiles the command, and builds the console. Answers with the exit
 * code and what was said.
 */
export async function build(args: readonly string[] = []): Promise<{ readonly code: number; readonly output: string }> {
  const tsc = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-b", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  if (tsc.status === 0) await bundleLibrary();
  pruneDist(`${root}packages/corsmith`);
  copyReference();
  const console = buildConsole();
  return { code: tsc.status || console.code, output: `${tsc.stdout}${tsc.stderr}${console.output}` };
}
