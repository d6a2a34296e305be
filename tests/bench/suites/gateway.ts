import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../built-library.ts";
import { caddy } from "../gateway/caddy.ts";
import type { Contender } from "../gateway/contender.ts";
import { corsmith, corsmithLogging } from "../gateway/corsmith.ts";
import { haproxy } from "../gateway/haproxy.ts";
import { connections, type Load, loads } from "../gateway/load.ts";
import { type LoadEffort, measureInTurns } from "../gateway/measure.ts";
import { nginx } from "../gateway/nginx.ts";
import { reportLoad } from "../gateway/report-load.ts";
import type { RunningServer } from "../gateway/running-server.ts";
import { startUpstream } from "../gateway/upstream.ts";
import { verify } from "../gateway/verify.ts";
import type { BenchContext, Figure, Report, Suite } from "../suite.ts";
import type { Table } from "../table.ts";

/** `corsmith serve` beside the proxies that people have, under the same policy. */
export const gatewaySuite: Suite = {
  name: "gateway",
  about: "corsmith serve against nginx, HAProxy and Caddy, in front of the same upstream",
  run,
};

async function run(context: BenchContext): Promise<Report> {
  const missing = missingPrograms();
  for (const what of missing) process.stderr.write(`\n*** SKIPPED: ${what} ***\n\n`);
  if (!existsSync(wrk.path) || !existsSync(upstreamProgram.path)) return { notes: missing, tables: [], figures: [] };
  context.progress("building the command");
  await build("packages/corsmith");
  const folder = mkdtempSync(join(tmpdir(), "corsmith-bench-"));
  // An interrupted run must leave no server behind: each is killed when this process exits.
  const interrupted = () => process.exit(130);
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    return await measureAll(context, folder, missing);
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    rmSync(folder, { recursive: true, force: true });
  }
}

const wrk = { path: "/usr/bin/wrk", debianPackage: "wrk" };
const upstreamProgram = { path: "/usr/sbin/nginx", debianPackage: "nginx-light" };
const everybody: readonly Contender[] = [corsmith, nginx, haproxy, caddy];

function missingPrograms(): readonly string[] {
  return [wrk, upstreamProgram, ...everybody.flatMap(({ program }) => program ?? [])]
    .filter(({ path }, index, all) => !existsSync(path) && all.findIndex((other) => other.path === path) === index)
    .map(
      ({ path, debianPackage }) => `${path} is not on this machine; install it with: apt-get install ${debianPackage}`,
    );
}

async function measureAll(context: BenchContext, folder: string, missing: readonly string[]): Promise<Report> {
  const upstream = await startUpstream(folder);
  try {
    const alone = await measureGroup(context, folder, upstream, 1, [corsmithLogging]);
    const pairs = await measureGroup(context, folder, upstream, 2, []);
    return {
      notes: [...notes, ...missing],
      tables: [...alone.tables, ...pairs.tables],
      figures: [...alone.figures, ...pairs.figures],
    };
  } finally {
    await upstream.stop();
  }
}

const notes: readonly string[] = [
  `wrk with one thread and ${connections} connections over loopback, in turns; upstream: nginx, one worker, answers that are there already (row "upstream alone").`,
  "All on the machine's own cores, wrk and the upstream too: what they use, the proxies do not have. Processor time a request does not depend on that.",
  "A worker is a process of corsmith and of nginx, a thread of HAProxy, a GOMAXPROCS of Caddy. None writes a log but the row that says so.",
  "corsmith : it = corsmith's requests a second divided by its, round by round: the median, and in brackets the lowest and the highest.",
];

/** Starts everybody with so many workers, checks that they answer alike, and loads them. */
async function measureGroup(
  { quick, progress }: BenchContext,
  folder: string,
  upstream: RunningServer,
  workers: number,
  more: readonly Contender[],
): Promise<{ readonly tables: readonly Table[]; readonly figures: readonly Figure[] }> {
  const servers = new Map<string, RunningServer>();
  const group = join(folder, `workers-${workers}`);
  try {
    for (const contender of [...everybody, ...more]) {
      if (contender.program !== undefined && !existsSync(contender.program.path)) continue;
      progress(`starting ${contender.name} with ${workers === 1 ? "one worker" : `${workers} workers`}`);
      const own = join(group, contender.name.replace(/\W+/g, "-"));
      mkdirSync(own, { recursive: true });
      servers.set(contender.name, await contender.start({ upstream: upstream.port, workers, folder: own }));
    }
    const tables: Table[] = [await verify(servers)];
    const figures: Figure[] = [];
    for (const load of loads) {
      const effort: LoadEffort = quick ? { rounds: 1, seconds: 1 } : { rounds: 5, seconds: 2 };
      const samples = await measureInTurns(
        withUpstream(servers, upstream, load, workers),
        load,
        effort,
        folder,
        progress,
      );
      const { table, figures: found } = reportLoad(load, workers, samples);
      tables.push(table);
      figures.push(...found);
    }
    return { tables, figures };
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()));
  }
}

function withUpstream(
  servers: ReadonlyMap<string, RunningServer>,
  upstream: RunningServer,
  load: Load,
  workers: number,
): ReadonlyMap<string, RunningServer> {
  return load.forwarded && workers === 1 ? new Map([...servers, ["upstream alone", upstream]]) : servers;
}
