import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { startGatewayProcess } from "./gateway-process.ts";
import { startLoad, startSmallApi } from "./load.ts";

/** A round: a gateway under load that was killed, and what its journal says of it. */
export interface KilledRound {
  readonly origin: string;
  /** How long it was under load, in milliseconds. */
  readonly lived: number;
  readonly sent: number;
  /** Answered a second or more before it was killed. */
  readonly answeredInTime: number;
  /** What the file says right after the kill. */
  readonly kept: number;
}

/** What came of all rounds. */
export interface KillReport {
  readonly rounds: readonly KilledRound[];
  /** What the file says of each round at the end, in their order. */
  readonly keptAtTheEnd: readonly number[];
  /** SQLite's own verdict about the file, of each round. */
  readonly integrity: readonly string[];
}

/** Kills a gateway under load, again and again, each time with the journal that the one before has left. */
export async function killRounds(
  rounds: number,
  workers: number,
  progress: (round: number) => void = () => {},
): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), "corsmith-kill-"));
  const file = join(folder, "journal");
  const api = await startSmallApi();
  const done: KilledRound[] = [];
  const integrity: string[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      progress(round);
      const origin = `https://round-${round}.example`;
      const gateway = await startGatewayProcess(api.url, ["--journal", file, "--workers", String(workers)]);
      const load = startLoad(gateway.url, origin);
      const lived = Math.random() * 2_500;
      await delay(lived);
      const killed = performance.now();
      await gateway.end("SIGKILL");
      await load.stop();
      const sent = load.requests.filter((each) => each.sent <= killed).length;
      const answeredInTime = load.requests.filter(
        ({ answered = Number.POSITIVE_INFINITY }) => answered < killed - 1_000,
      ).length;
      integrity.push(check(file));
      done.push({ origin, lived, sent, answeredInTime, kept: keptOf(file, origin) });
    }
    return { rounds: done, keptAtTheEnd: done.map(({ origin }) => keptOf(file, origin)), integrity };
  } finally {
    api.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function check(file: string): string {
  using database = new DatabaseSync(file);
  return String(database.prepare("PRAGMA integrity_check").get()?.["integrity_check"]);
}

/** By the roll-ups; and by the inventory, which must say the same. */
function keptOf(file: string, origin: string): number {
  using database = new DatabaseSync(file);
  const ask = (table: string): number =>
    Number(
      database.prepare(`SELECT COALESCE(SUM(decisions), 0) AS kept FROM ${table} WHERE origin = ?`).get(origin)?.[
        "kept"
      ],
    );
  const [kept, listed] = [ask("corsmith_rollups"), ask("corsmith_origins")];
  if (kept !== listed) throw new Error(`${origin}: ${kept} decisions in the roll-ups, ${listed} in the inventory.`);
  return kept;
}
