import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A small API on a free port of 127.0.0.1. */
export async function startSmallApi(): Promise<{ readonly url: URL; close(): void }> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (_, response) => response.end("ok"));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** One request of a load. */
export interface LoadedRequest {
  /** By `performance.now()`. */
  readonly sent: number;
  /** When its answer was complete; absent if it got none. */
  readonly answered?: number;
  readonly status?: number;
}

/** A load that runs until it is stopped. */
export interface RunningLoad {
  readonly requests: readonly LoadedRequest[];
  /** Stops it. Resolves when no request is under way any more. */
  stop(): Promise<void>;
}

/** Sends requests of one origin over a few connections, each as soon as the one before was answered, with a short pause. */
export function startLoad(url: URL, origin: string, connections = 4, pauseMs = 2): RunningLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const requests: LoadedRequest[] = [];
  let stopped = false;
  const client = async (): Promise<void> => {
    while (!stopped) {
      const sent = performance.now();
      const status = await ask(url, origin, agent);
      requests.push(status === undefined ? { sent } : { sent, answered: performance.now(), status });
      if (status === undefined) await delay(20);
      await delay(pauseMs);
    }
  };
  const running = Promise.all(Array.from({ length: connections }, client));
  return {
    requests,
    async stop() {
      stopped = true;
      await running;
      agent.destroy();
    },
  };
}

function ask(url: URL, origin: string, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve) => {
    const sent = request(url, { agent, headers: { origin } }, (response) => {
      response.once("end", () => resolve(response.statusCode));
      response.once("error", () => resolve(undefined));
      response.resume();
    });
    sent.once("error", () => resolve(undefined));
    sent.end();
  });
}
