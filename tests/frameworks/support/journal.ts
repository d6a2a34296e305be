import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { DecisionRecord, SentDecisions } from "@corsmith/cors/observe";

/** A place to which decisions can be sent, and what came. */
export interface TestJournal {
  readonly url: string;
  /** Gives what came since it was last asked. */
  take(): readonly DecisionRecord[];
  readonly size: number;
  close(): Promise<void>;
}

/** Starts a journal on loopback that takes everything. */
export async function startJournal(): Promise<TestJournal> {
  let events: DecisionRecord[] = [];
  const server = createServer(async (request, response) => {
    events.push(...((await json(request)) as SentDecisions).events);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = events;
      events = [];
      return taken;
    },
    get size() {
      return events.length;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
