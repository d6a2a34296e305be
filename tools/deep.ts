// `npm run deep`: what is long by nature, at full size: the properties, new cases for the real engines, the journal under kills, an outage
// and a flood. It takes over an hour. With names (`npm run deep -- properties kill`) only those. Exit 1 if one failed.

import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const source = "--conditions=@corsmith/source";
const vitest = ["node_modules/vitest/vitest.mjs", "run"];
const seed = process.env["CORSMITH_ENGINE_SEED"] ?? String(randomInt(1_000_000_000));

const runs: Readonly<Record<string, readonly string[]>> = {
  properties: [...vitest, "packages/cors/test", "packages/corsmith/test/gateway/inbound"],
  engines: [...vitest, "tests/engines"],
  kill: ["tests/journal/full-size.ts", "kill"],
  outage: ["tests/journal/full-size.ts", "outage"],
  flood: ["--max-semi-space-size=4", "tests/journal/flood.ts", "10000000"],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(runs, name));
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(", ")}. There are ${Object.keys(runs).join(", ")}.\n`);
  process.exitCode = 2;
} else {
  const chosen = Object.entries(runs).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const failed = chosen.filter(([name, args]) => !succeeds(name, args)).map(([name]) => name);
  process.stdout.write(failed.length === 0 ? "All passed.\n" : `Failed: ${failed.join(", ")}.\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function succeeds(name: string, args: readonly string[]): boolean {
  process.stdout.write(`== ${name}\n`);
  const env = { ...process.env, CORSMITH_DEEP: "1", CORSMITH_ENGINE_SEED: seed, CORSMITH_ENGINE_CASES: "2000" };
  return spawnSync(process.execPath, [source, ...args], { cwd: root, stdio: "inherit", env }).status === 0;
}
