import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../built-library.ts";
import type { Contender } from "../gateway/contender.ts";
import { corsmithWithFile, corsmithWithMemory, corsmithWithoutJournal } from "../gateway/corsmith.ts";
import { loads } from "../gateway/load.ts";
import { type LoadEffort, measureInTurns, type Sample } from "../gateway/measure.ts";
import { reportLoad } from "../gateway/report-load.ts";
import type { RunningServer } from "../gateway/running-server.ts";
import { startUpstream } from "../gateway/upstream.ts";
import type { BenchContext, Report, Suite } from "../suite.ts";

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
  await build("packages/corsmith");
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

/** How often all of them are started anew: how fast a process is for its life is partly chance, of more than a journal costs. */
const starts = 4;
const contenders = [corsmithWithFile, corsmithWithoutJournal, corsmithWithMemory];

async function measure({ quick, progress }: BenchContext, folder: string): Promise<Report> {
  const effort: LoadEffort = quick ? { rounds: 1, seconds: 1 } : { rounds: 5, seconds: 2 };
  const upstream = await startUpstream(folder);
  const samples = new Map(busiest.map((load) => [load, new Map<string, Sample[]>()]));
  try {
    for (let start = 0; start < (quick ? 1 : starts); start += 1) {
      const own = join(folder, `start-${start}`);
      // Who comes first into the memory of the machine must not be always the same.
      const order = contenders.map((_, place) => contenders[(place + start) % contenders.length] ?? corsmithWithFile);
      await withServers(order, upstream.port, own, async (servers) => {
        for (const load of busiest) {
          const run = await measureInTurns(servers, load, effort, own, progress);
          for (const [name, found] of run) addTo(samples.get(load), name, found);
        }
      });
    }
  } finally {
    await upstream.stop();
  }
  const reports = [...samples].map(([load, found]) => reportLoad(load, 1, inOrder(found)));
  return {
    notes,
    tables: reports.map(({ table }) => table),
    figures: reports.flatMap(({ figures }) => figures),
  };
}

async function withServers(
  order: readonly Contender[],
  upstream: number,
  folder: string,
  work: (servers: ReadonlyMap<string, RunningServer>) => Promise<void>,
): Promise<void> {
  const servers = new Map<string, RunningServer>();
  try {
    for (const { name, start } of order) {
      const own = join(folder, name.replace(/\W+/g, "-"));
      mkdirSync(own, { recursive: true });
      servers.set(name, await start({ upstream, workers: 1, folder: own }));
    }
    await work(servers);
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

function addTo(samples: Map<string, Sample[]> | undefined, name: string, found: readonly Sample[]): void {
  samples?.set(name, [...(samples.get(name) ?? []), ...found]);
}

function inOrder(samples: ReadonlyMap<string, readonly Sample[]>): ReadonlyMap<string, readonly Sample[]> {
  return new Map(contenders.map(({ name }) => [name, samples.get(name) ?? []]));
}
