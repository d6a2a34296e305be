// `npm run bench [-- SUITE… --quick --out FOLDER]`: measures, prints ratios, and writes them to artifacts/bench/<suite>.json.

import { mkdirSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform, release } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Report, Suite } from "./suite.ts";
import { adaptersSuite } from "./suites/adapters.ts";
import { browserSuite } from "./suites/browser.ts";
import { decideSuite } from "./suites/decide.ts";
import { gatewaySuite } from "./suites/gateway.ts";
import { journalSuite } from "./suites/journal.ts";
import { loadSuite } from "./suites/load.ts";
import { scaleSuite } from "./suites/scale.ts";
import { formatTable } from "./table.ts";

const suites: readonly Suite[] = [
  decideSuite,
  adaptersSuite,
  scaleSuite,
  browserSuite,
  loadSuite,
  gatewaySuite,
  journalSuite,
];

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      out: { type: "string", default: fileURLToPath(new URL("../../artifacts/bench/", import.meta.url)) },
    },
  });
  const unknown = positionals.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `No suite is called ${unknown.join(", ")}. Suites: ${suites.map(({ name }) => name).join(", ")}.\n`,
    );
    return 2;
  }
  const chosen = suites.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  for (const suite of chosen) await runSuite(suite, values.quick, values.out);
  return 0;
}

async function runSuite(suite: Suite, quick: boolean, folder: string): Promise<void> {
  process.stderr.write(`\n${suite.name}: ${suite.about}\n`);
  const loadBefore = loadavg()[0] ?? 0;
  const report = await suite.run({ quick, progress });
  clearProgress();
  process.stdout.write(`${formatReport(suite, report)}\n`);
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    loadBefore,
    system: `${platform()} ${release()} ${arch()}`,
  };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${suite.name}.json`);
  const { notes, figures } = report;
  const document = {
    suite: suite.name,
    at: new Date().toISOString(),
    quick,
    node: process.version,
    machine,
    notes,
    figures,
  };
  writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`);
  process.stderr.write(`Written to ${file}\n`);
}

function formatReport({ name, about }: Suite, { notes, tables }: Report): string {
  const heading = `${name}: ${about}`;
  return ["", heading, "═".repeat(heading.length), ...notes, ...tables.map((table) => `\n${formatTable(table)}`)].join(
    "\n",
  );
}

/** On a terminal one line that changes, otherwise a line each. */
function progress(what: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K  ${what} …` : `  ${what}\n`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}

process.exitCode = await main();
