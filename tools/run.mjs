// Entry of every npm script: node tools/run.mjs STEP [args].
// Plain JavaScript without dependencies, because it runs on the machine's own Node (20 or later) before anything is
// installed. It installs what is missing, then hands over to Node 24, which runs the TypeScript sources as they are.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installIfNeeded } from "./run/install.mjs";
import { findNode24 } from "./run/node-24.mjs";
import { runChild } from "./run/run-child.mjs";
import { preparations, steps } from "./run/steps.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * @param {string} step
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(step, args) {
  const toArguments = Object.hasOwn(steps, step) ? steps[step] : undefined;
  if (toArguments === undefined) {
    console.error(`Unknown step "${step}". Use one of: ${Object.keys(steps).join(", ")}.`);
    return 2;
  }
  const installed = await installIfNeeded(root);
  if (installed !== 0) return installed;
  const node = findNode24(root);
  if (node === undefined) {
    console.error(
      "Node 24 is missing: npm installed the package `node` without its program, as it does under `ignore-scripts`.\n" +
        "Run `npm rebuild node --ignore-scripts=false`, or use Node 24 itself, and start again.",
    );
    return 1;
  }
  /** @param {readonly string[]} program */
  const run = (program) =>
    runChild(node, ["--conditions=@corsmith/source", ...program], {
      cwd: root,
      firstInPath: join(root, "node_modules", ".bin"),
    });
  const preparation = Object.hasOwn(preparations, step) ? preparations[step] : undefined;
  // What it prepares is no reason not to go on: it has said why it failed.
  if (preparation !== undefined) await run(preparation);
  return run(toArguments(args));
}

const [step = "", ...rest] = process.argv.slice(2);
process.exitCode = await main(step, rest[0] === "--" ? rest.slice(1) : rest);
