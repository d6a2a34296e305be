import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../support/free-port.ts";
import { type HostName, hostNames, type Owner, owners, usualPackages } from "../adapters/owner.ts";
import { allowedOrigin } from "../bench-policy.ts";
import { build } from "../built-library.ts";
import { digits, formatRatio } from "../format-figure.ts";
import { connections, type Load, loads } from "../gateway/load.ts";
import { type LoadEffort, measureInTurns, type Sample } from "../gateway/measure.ts";
import { type RunningServer, startServer } from "../gateway/running-server.ts";
import { ratioOf, spreadOf } from "../spread.ts";
import type { BenchContext, Figure, Report, Suite } from "../suite.ts";
import type { Table } from "../table.ts";

/** What each adapter costs a server, over real HTTP. */
export const adaptersSuite: Suite = {
  name: "adapters",
  about:
    "servers with our middleware, against the same server with headers set by hand, with its usual package, and without CORS",
  run,
};

/** What is answered without a body to wait for: there a middleware shows the most. */
const measured = loads.filter(({ id }) => id === "get" || id === "preflight");

const notes: readonly string[] = [
  `wrk with one thread and ${connections} connections over loopback, in turns, on the same cores; each server in a process of its own, started several times.`,
  "by hand: the handler sets the same headers itself, and looks at nothing. nobody: no CORS header at all.",
  "ours : it = our requests a second divided by its, round by round: the median, and in brackets the lowest and the highest.",
];

async function run(context: BenchContext): Promise<Report> {
  if (!existsSync("/usr/bin/wrk")) {
    const missing = "/usr/bin/wrk is not on this machine; install it with: apt-get install wrk";
    process.stderr.write(`\n*** SKIPPED: ${missing} ***\n\n`);
    return { notes: [missing], tables: [], figures: [] };
  }
  if (!context.quick) await build("packages/cors");
  const folder = mkdtempSync(join(tmpdir(), "corsmith-bench-"));
  const interrupted = () => process.exit(130);
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const reports: Report[] = [];
    for (const host of hostNames) reports.push(await measureHost(host, context, folder));
    return {
      notes,
      tables: reports.flatMap(({ tables }) => tables),
      figures: reports.flatMap(({ figures }) => figures),
    };
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    rmSync(folder, { recursive: true, force: true });
  }
}

type Samples = ReadonlyMap<Owner, Sample[]>;

/** How fast a process is for its life is partly chance, of more than a middleware costs: so each is started several times. */
async function measureHost(host: HostName, { quick, progress }: BenchContext, folder: string): Promise<Report> {
  const effort: LoadEffort = quick ? { rounds: 1, seconds: 1 } : { rounds: 3, seconds: 2 };
  const samples = new Map<Load, Samples>(
    measured.map((load) => [load, new Map(owners.map((owner): [Owner, Sample[]] => [owner, []]))]),
  );
  for (let start = 0; start < (quick ? 1 : 4); start += 1) {
    const servers = new Map<Owner, RunningServer>();
    try {
      for (const owner of owners) servers.set(owner, await startHost(host, owner, quick));
      for (const load of measured) {
        const report = (what: string): void => progress(`${host}, start ${start + 1}: ${what}`);
        const found = await measureInTurns(servers, load, effort, folder, report);
        for (const [owner, runs] of samples.get(load) ?? []) runs.push(...(found.get(owner) ?? []));
      }
    } finally {
      await Promise.all([...servers.values()].map((server) => server.stop()));
    }
  }
  const reported = [...samples].map(([load, runs]) => report(host, load, runs));
  return {
    notes: [],
    tables: reported.map(({ table }) => table),
    figures: reported.flatMap(({ figures }) => figures),
  };
}

/** @throws Error if it does not answer as its owner should: what does less is not compared */
async function startHost(host: HostName, owner: Owner, quick: boolean): Promise<RunningServer> {
  const port = await freePort();
  const program = fileURLToPath(new URL("../adapters/serve-host.ts", import.meta.url));
  const conditions = quick ? ["--conditions=@corsmith/source"] : [];
  const server = await startServer({
    command: process.execPath,
    parameters: [...conditions, program, host, owner, String(port)],
    port,
    env: { NODE_ENV: "production" },
  });
  const url = `http://127.0.0.1:${port}/small`;
  const page = { origin: allowedOrigin, "access-control-request-method": "PUT" };
  for (const method of ["GET", "OPTIONS"]) {
    const { headers } = await fetch(url, { method, headers: page });
    const allowed = headers.get("access-control-allow-origin");
    if (allowed === (owner === "nobody" ? null : allowedOrigin)) continue;
    await server.stop();
    throw new Error(`${host}, ${owner}: ${method} is answered with Access-Control-Allow-Origin: ${allowed}`);
  }
  return server;
}

const columns = ["CORS by", "requests/s", "ours : it", "processor a request"];

function report(
  host: HostName,
  load: Load,
  samples: Samples,
): { readonly table: Table; readonly figures: readonly Figure[] } {
  const rates = (owner: Owner): readonly number[] =>
    (samples.get(owner) ?? []).map(({ requestsPerSecond }) => requestsPerSecond);
  const figures: Figure[] = [];
  const rows = owners.map((owner) => {
    const rate = spreadOf(rates(owner));
    const ratio = ratioOf(rates("corsmith"), rates(owner));
    const cpu = spreadOf((samples.get(owner) ?? []).map(({ cpuPerRequest }) => cpuPerRequest));
    const id = `${host}/${load.id}/${owner}`;
    if (owner !== "corsmith") figures.push({ id: `${id}/ours-to-it`, unit: "ratio", ...ratio });
    figures.push({ id: `${id}/rate`, unit: "requests/s", ...rate }, { id: `${id}/cpu`, unit: "µs", ...cpu });
    const name = owner === "usual-package" ? usualPackages[host] : owner.replace("-", " ");
    return [name, digits(rate.median), owner === "corsmith" ? "" : formatRatio(ratio), `${cpu.median.toFixed(1)} µs`];
  });
  return { table: { title: `${host}, ${load.title}`, columns, rows }, figures };
}
