import { type Host, plainSetup } from "../hosts/host.ts";
import { policies } from "../table/policies.ts";
import type { Row, Told } from "../table/row.ts";
import { type Ask, ask, corsLines, type Got, linesOf, varyMembers } from "./ask.ts";
import type { Running } from "./listen.ts";

/** What a row looks at. */
export interface Answered {
  readonly status: number;
  readonly cors: readonly string[];
  readonly vary: readonly string[];
  /** What an answer to a preflight should not have: a body, or with 204 a length. */
  readonly superfluous: readonly string[];
  /** What a request that the protection refuses is told; `undefined` for all others. */
  readonly told: Told | undefined;
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
    return askRow((await server).port, row);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(async (server) => (await server).close()));
  }
}

/** What a server answers to a row. @param asked what is asked of it, where that is not what stands in the row */
export async function askRow(port: number, row: Row, asked: Ask = row.ask): Promise<Answered> {
  const got = await ask(port, asked);
  const superfluous = expectedBare(row) ? superfluousIn(got) : [];
  const told = row.told === undefined ? undefined : toldIn(got);
  return { status: got.status, cors: corsLines(got), vary: varyMembers(got), superfluous, told };
}

/** What it must answer. */
export function expected({ status, cors, vary, told }: Row): Answered {
  return { status, cors, vary, superfluous: [], told };
}

/** Is this a preflight, which the adapter answers? */
function expectedBare({ ask: { method, headers = [] } }: Row): boolean {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return method === "OPTIONS" && names.has("origin") && names.has("access-control-request-method");
}

/** What a refusal says, and what its head says of that. */
export function toldIn(got: Got): Told {
  const [type, length] = ["content-type", "content-length"].map((name) => linesOf(got, name).join(" | "));
  return { type: type ?? "", length: length ?? "", body: got.body };
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6 */
function superfluousIn(got: Got): readonly string[] {
  const length = got.status === 204 ? linesOf(got, "content-length") : [];
  return got.body === "" ? length : [got.body, ...length];
}
