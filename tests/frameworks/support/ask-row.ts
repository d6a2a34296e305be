import { type Host, plainSetup } from "../hosts/host.ts";
import { policies } from "../table/policies.ts";
import type { Row } from "../table/row.ts";
import { ask, corsLines, varyMembers } from "./ask.ts";
import type { Running } from "./listen.ts";

/** What a row looks at. */
export interface Answered {
  readonly status: number;
  readonly cors: readonly string[];
  readonly vary: readonly string[];
}

/** The servers of one host: one for each policy and mount that is asked for, started when it first is. */
export class HostServers {
  readonly #host: Host;
  readonly #running = new Map<string, Promise<Running>>();

  constructor(host: Host) {
    this.#host = host;
  }

  async ask(row: Row): Promise<Answered> {
    const key = `${row.policy} ${row.mount}`;
    const server =
      this.#running.get(key) ?? this.#host.start(policies[row.policy], { ...plainSetup, mount: row.mount });
    this.#running.set(key, server);
    const got = await ask((await server).port, row.ask);
    return { status: got.status, cors: corsLines(got), vary: varyMembers(got) };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(async (server) => (await server).close()));
  }
}
