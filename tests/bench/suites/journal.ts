import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../built-library.ts";
import { corsmithWithFile, corsmithWithMemory, corsmithWithoutJournal } from "../gateway/corsmith.ts";
import { loads } from "../gateway/load.ts";
import { type LoadEffort, measureInTurns } from "../gateway/measure.ts";
import { reportLoad } from "../gateway/report-load.ts";
import type { RunningServer } from "../gateway/running-server.ts";
import { startUpstream } from "../gateway/upstream.ts";
import type { BenchContext, Figure, Report, Suite } from "../suite.ts";
import type { Table } from "../table.ts";

/** What keeping a journal costs the gateway. */
export const journalSuite: Suite = {
  name: "journal",
  about: "corsmith serve with its journal in a file, against itself without one",
  run,
};

/** Those in which most is decided for each byte that is moved: there a journal shows the most. */
const busiest = loads.filter(({ id }) => id === "get" || id === "preflight");

const notes: readonly string[] = [
  "corsmith is the one that keeps its journal in a file. corsmith : it = its requests a second divided by the other's, round by round:",
  '0.97 beside "without a journal" means that the journal costs 3 % of the throughput. wrk and the upstream run on the same cores.',
];

async function run(context: BenchContext): Promise<Report> {
  const missing = ["/usr/bin/wrk", "/usr/sbin/nginx"].filter((path) => !existsSync(path));
  if (missing.length > 0) {
    process.stderr.write(
      `\n*** SKIPPED: ${missing.join(" and ")} not on this machine; apt-get install wrk nginx-light ***\n\n`,
    );
    return { notes: missing, tables: [], figures: [] };
  }
  context.progress("building the command");
  build("packages/corsmith");
  const folder = mkdtempSync(join(tmpdir(), "corsmith-bench-"));
  const interrupted = () => process.exit(130);
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    return await measure(context, folder);
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure({ quick, progress }: BenchContext, folder: string): Promise<Report> {
  const upstream = await startUpstream(folder);
  const servers = new Map<string, RunningServer>();
  const tables: Table[] = [];
  const figures: Figure[] = [];
  try {
    for (const { name, start } of [corsmithWithFile, corsmithWithoutJournal, corsmithWithMemory]) {
      const own = join(folder, name.replace(/\W+/g, "-"));
      mkdirSync(own);
      servers.set(name, await start({ upstream: upstream.port, workers: 1, folder: own }));
    }
    const effort: LoadEffort = quick ? { rounds: 1, seconds: 1 } : { rounds: 15, seconds: 2 };
    for (const load of busiest) {
      const reported = reportLoad(load, 1, await measureInTurns(servers, load, effort, folder, progress));
      tables.push(reported.table);
      figures.push(...reported.figures);
    }
    return { notes, tables, figures };
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await upstream.stop();
  }
}
