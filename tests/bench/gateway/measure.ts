import type { BenchContext } from "../suite.ts";
import { type Load, type LoadResult, runLoad } from "./load.ts";
import type { RunningServer } from "./running-server.ts";

/** How long each load is kept up. */
export interface LoadEffort {
  readonly rounds: number;
  readonly seconds: number;
}

/** One run of wrk against one server. */
export interface Sample extends LoadResult {
  /** Microseconds of processor time that the server used for a request, its workers together. */
  readonly cpuPerRequest: number;
}

/**
 * Loads the servers in turns, in every second round the other way about. A round before them, of one second, is not counted: it fills
 * connections and lets the compiler do its work.
 *
 * @returns one sample a round
 */
export async function measureInTurns<Name extends string>(
  servers: ReadonlyMap<Name, RunningServer>,
  load: Load,
  { rounds, seconds }: LoadEffort,
  folder: string,
  progress: BenchContext["progress"],
): Promise<ReadonlyMap<Name, readonly Sample[]>> {
  const samples = new Map([...servers.keys()].map((name): [Name, Sample[]] => [name, []]));
  for (const server of servers.values()) await runLoad(load, server.port, 1, folder);
  for (let round = 0; round < rounds; round += 1) {
    const order = [...servers];
    for (const [name, server] of round % 2 === 0 ? order : order.toReversed()) {
      progress(`${load.title}, round ${round + 1} of ${rounds}: ${name}`);
      const before = server.cpuSeconds();
      const result = await runLoad(load, server.port, seconds, folder);
      const cpuPerRequest = ((server.cpuSeconds() - before) * 1_000_000) / result.requests;
      samples.get(name)?.push({ ...result, cpuPerRequest });
    }
  }
  return samples;
}
