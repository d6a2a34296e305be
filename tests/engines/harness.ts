import { startEngine } from "../../packages/corsmith/src/engines/ask-engine.ts";
import type { EnginePage, RunningEngine } from "../../packages/corsmith/src/engines/engine.ts";
import { EngineError } from "../../packages/corsmith/src/engines/engine.ts";
import type { OracleCase, OracleRequest, RealEngine } from "../oracle/oracle-case.ts";
import { type CaseServers, openCaseServers } from "./case-servers.ts";
import { type PlayedCase, playCase, type UnplayedCase } from "./play-case.ts";

/** A real engine, and the servers on which it plays cases. */
export interface EngineHarness {
  readonly version: string;
  /** Plays a case; `undefined` if the engine hung over it, twice. */
  play(unplayed: UnplayedCase): Promise<PlayedCase | undefined>;
  close(): Promise<void>;
}

/** Starts the engine and the servers. Throws if the engine is not on this machine. */
export async function openHarness(engine: RealEngine): Promise<EngineHarness> {
  const servers = await openCaseServers();
  let running: RunningEngine | undefined;
  const close = async (): Promise<void> => {
    await running?.close();
    await servers.close();
  };
  const restart = async (): Promise<EnginePage> => {
    await running?.close();
    running = await start(engine);
    const page = await running.openPage({ url: servers.pageUrl, intercepted: false });
    await warmUp(page, servers);
    return page;
  };
  try {
    let page = await restart();
    const version = running?.version ?? "";
    return {
      version,
      async play(unplayed) {
        for (let attempts = 0; attempts < 2; attempts += 1) {
          try {
            return await playCase(page, servers, unplayed);
          } catch (error) {
            if (!(error instanceof EngineError)) throw error;
            process.stderr.write(`${engine} hung over ${unplayed.id}: ${error.message}\n`);
            page = await restart();
          }
        }
        return undefined;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(engine: RealEngine): Promise<RunningEngine> {
  const started = await startEngine(engine);
  if ("missing" in started) throw new Error(started.missing);
  return started;
}

/** Firefox forgets the first preflights of its first page, and of its first opaque frame. */
async function warmUp(page: EnginePage, servers: CaseServers): Promise<void> {
  for (const origin of ["$A", "null"]) {
    for (let attempts = 0; attempts < 6; attempts += 1) {
      const { wire } = await playCase(page, servers, { ...samePreflightTwice, page: origin });
      if (wire.filter(({ method }) => method === "OPTIONS").length === 1) break;
    }
  }
}

const put: OracleRequest = {
  url: "$B/p1",
  method: "PUT",
  headers: [],
  body: null,
  mode: "cors",
  credentials: "same-origin",
  redirect: "follow",
  cache: "default",
};

const samePreflightTwice: UnplayedCase = {
  id: "warm-up",
  tags: [],
  page: "$A",
  cookies: [],
  steps: [{ request: put }, { request: put }],
  server: {
    "$B/p1": {
      preflight: {
        status: 204,
        headers: [
          ["access-control-allow-origin", "*"],
          ["access-control-allow-methods", "PUT"],
        ],
      },
      actual: { status: 200, headers: [["access-control-allow-origin", "*"]] },
    },
  },
};

/** The case with what this engine made of it, as the recording has it. */
export function withVerdict(unplayed: UnplayedCase, engine: RealEngine, played: PlayedCase): OracleCase {
  const { steps, wire } = played;
  const nothing = { steps: [] };
  return { ...unplayed, engines: { chromium: nothing, firefox: nothing, webkit: nothing, [engine]: { steps, wire } } };
}
