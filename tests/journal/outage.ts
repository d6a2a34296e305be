import { setTimeout as delay } from "node:timers/promises";
import { openJournal } from "../../packages/corsmith/src/journal/open-journal.ts";
import { startPostgres } from "../support/postgres.ts";
import { startGatewayProcess } from "./gateway-process.ts";
import { type LoadedRequest, startLoad, startSmallApi } from "./load.ts";

/** What two gateways under load did while their PostgreSQL was away. */
export interface OutageReport {
  readonly requests: number;
  /** Requests that got no answer, or another one than 200. */
  readonly unanswered: number;
  /** The time in which 99 of 100 requests were answered, in milliseconds. */
  readonly p99Before: number;
  readonly p99During: number;
  /** Decisions of each gateway in the database at the end. */
  readonly kept: readonly number[];
  readonly sent: readonly number[];
  readonly lost: readonly { readonly decisions: number; readonly samples: number }[];
  /** What each gateway said of its journal, in order. */
  readonly events: readonly (readonly string[])[];
  /** From the server's start to the moment at which both had written what they had counted, in milliseconds. */
  readonly caughtUpMs: number;
}

/** Stops PostgreSQL for so long under two gateways. */
export async function outage(seconds: number, progress: (what: string) => void = () => {}): Promise<OutageReport> {
  await using server = await startPostgres();
  const api = await startSmallApi();
  const gateways = await Promise.all([1, 2].map(() => startGatewayProcess(api.url, ["--journal", server.url])));
  const loads = gateways.map(({ url }, place) => startLoad(url, `https://page-${place}.example`));
  try {
    progress("under load");
    await delay(3_000);
    const stopped = performance.now();
    await server.stop();
    progress(`PostgreSQL is stopped for ${seconds} s`);
    await delay(seconds * 1_000);
    const restarted = performance.now();
    await server.start();
    progress("PostgreSQL is back");
    while (
      !gateways.every((gateway) => eventsOf(gateway).includes("journal-recovered")) &&
      performance.now() - restarted < 30_000
    )
      await delay(50);
    const caughtUpMs = performance.now() - restarted;
    await delay(1_000);
    for (const load of loads) await load.stop();
    for (const gateway of gateways) await gateway.end("SIGTERM");
    const journal = await openJournal({ place: { kind: "postgresql", url: server.url } });
    const { origins } = await journal.queries.origins({ sort: "origin" });
    await journal.close();
    const all = loads.flatMap(({ requests }) => requests);
    return {
      requests: all.length,
      unanswered: all.filter(({ status }) => status !== 200).length,
      p99Before: p99(all.filter(({ sent }) => sent < stopped)),
      p99During: p99(all.filter(({ sent }) => sent >= stopped && sent < restarted)),
      kept: origins.map(({ counts }) => counts.decisions),
      sent: loads.map(({ requests }) => requests.length),
      lost: gateways.map((gateway) => {
        const line = gateway.log().find(({ event }) => event === "journal-lost");
        return { decisions: Number(line?.["decisions"] ?? 0), samples: Number(line?.["samples"] ?? 0) };
      }),
      events: gateways.map(eventsOf),
      caughtUpMs,
    };
  } finally {
    for (const gateway of gateways) await gateway.end("SIGKILL");
    api.close();
  }
}

function eventsOf(gateway: { log(): readonly Readonly<Record<string, unknown>>[] }): string[] {
  return gateway
    .log()
    .map(({ event }) => String(event))
    .filter((event) => event.startsWith("journal-"));
}

function p99(requests: readonly LoadedRequest[]): number {
  const times = requests
    .map(({ sent, answered = Number.POSITIVE_INFINITY }) => answered - sent)
    .toSorted((a, b) => a - b);
  return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
}
