// `npm run check [-- GATE… --json FILE]`: runs every gate, or those named, and says for each whether it holds and how long it took.
// All run even if one fails; exit 1 if any failed.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { type Gate, gates } from "./check/gates.ts";
import { type GateResult, runGate } from "./check/run-gate.ts";

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } });
  const unknown = positionals.filter((name) => !gates.some((gate) => gate.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `No gate is called ${unknown.join(", ")}. Gates: ${gates.map(({ name }) => name).join(", ")}.\n`,
    );
    return 2;
  }
  const results = await runAll(gates.filter(({ name }) => positionals.length === 0 || positionals.includes(name)));
  if (values.json !== undefined) {
    mkdirSync(dirname(values.json), { recursive: true });
    writeFileSync(values.json, JSON.stringify(results.map(({ name, passed, seconds }) => ({ name, passed, seconds }))));
  }
  return results.every(({ passed }) => passed) ? 0 : 1;
}

async function runAll(chosen: readonly Gate[]): Promise<readonly GateResult[]> {
  const results: GateResult[] = [];
  for (const gate of chosen) {
    if (process.stdout.isTTY) process.stdout.write(`  ${gate.name} …`);
    const result = await runGate(gate);
    if (process.stdout.isTTY) process.stdout.write("\r");
    process.stdout.write(line(gate, result));
    results.push(result);
  }
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length > 0) process.stdout.write(`\n${failed.length} of ${results.length} gates failed.\n`);
  return results;
}

/** A gate that holds shows the last thing its programs said, which counts what was looked at; one that fails shows all. */
function line(gate: Gate, { passed, seconds, output }: GateResult): string {
  const head = `${passed ? "✓" : "✗"} ${gate.name.padEnd(12)}${seconds.toFixed(1).padStart(5)} s  ${gate.claim}`;
  const said = output.trimEnd();
  if (!passed) return `${head}\n${said.replaceAll(/^/gm, "    ")}\n`;
  const last = said.slice(said.lastIndexOf("\n") + 1);
  return last === "" ? `${head}\n` : `${head} (${last})\n`;
}

process.exitCode = await main();
