import { renameSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CorsmithProcess } from "../cli/support/corsmith-process.ts";
import { type RawAnswer, RawClient } from "../cli/support/raw-client.ts";
import { TestUpstream } from "../cli/support/upstream.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";

const origin = "https://app.example.com";
const evil = "https://evil.example";
const edits = 50;

/** Each policy names itself in what every answer shows: an exposed header, and the preflights' age. */
function validConfig(upstream: string, n: number): string {
  return `upstream: ${upstream}\nlisten: 0\nadmin: 0\npolicy: { allowOrigins: [${origin}], exposeHeaders: [x-policy-${n}], maxAge: ${n} }\n`;
}

/** Broken in three ways; each would allow the evil origin if any part of it were taken. */
function brokenConfig(upstream: string, n: number): string {
  const start = `upstream: ${upstream}\nlisten: 0\nadmin: 0\npolicy: { exposeHeaders: [x-policy-${n}], maxAge: ${n}, `;
  const ways = [
    `${start}allowOrigins: ["*"], allowCredentials: true }\n`,
    `${start}allowOrigins: [${evil}, ${origin}/] }\n`,
    `${start}allowOrigins: [${evil}\n`,
  ];
  return ways[n % ways.length] ?? "";
}

/** The policies that can be in force: from the one that certainly is, to the last one that was written. Even numbers are valid ones. */
interface Range {
  readonly oldest: number;
  readonly newest: number;
}

interface Kind {
  readonly name: string;
  readonly request: readonly [method: string, headers: readonly string[]];
  /** What is wrong with the answer; `undefined` if nothing is. */
  readonly judge: (answer: RawAnswer, range: Range) => string | undefined;
}

function underPolicy(named: string | undefined, { oldest, newest }: Range): string | undefined {
  const n = Number(named);
  const wasInForce = n % 2 === 0 && n >= oldest && n <= newest;
  return wasInForce ? undefined : `under policy ${named}, with ${oldest} to ${newest} in force`;
}

const simple: Kind = {
  name: "a simple request",
  request: ["GET", [`Origin: ${origin}`]],
  judge: ({ status, headers }, range) => {
    if (status !== 200 || headers.get("access-control-allow-origin") !== origin) return `status ${status}`;
    return underPolicy(headers.get("access-control-expose-headers")?.replace(/^x-policy-/i, ""), range);
  },
};
const preflight: Kind = {
  name: "a preflight",
  request: ["OPTIONS", [`Origin: ${origin}`, "Access-Control-Request-Method: GET"]],
  judge: ({ status, headers }, range) => {
    if (status !== 204 || headers.get("access-control-allow-origin") !== origin) return `status ${status}`;
    return underPolicy(headers.get("access-control-max-age"), range);
  },
};
const stranger: Kind = {
  name: "a stranger",
  request: ["GET", [`Origin: ${evil}`]],
  judge: ({ status, headers }) =>
    status === 200 && !headers.has("access-control-allow-origin") ? undefined : `status ${status}, or allowed`,
};

/** Some connections that ask again and again, and what came of it. */
class Load {
  requests = 0;
  readonly wrong: string[] = [];
  range: Range = { oldest: 0, newest: 0 };
  readonly #running: Promise<void>[];
  #stopping = false;

  constructor(port: number, kinds: readonly Kind[]) {
    this.#running = kinds.map((kind) => this.#run(port, kind));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#running);
  }

  async #run(port: number, kind: Kind): Promise<void> {
    const client = await RawClient.open(port);
    if (client === undefined) throw new Error("Nobody listens.");
    // Bounded: at most 200 requests a second on each connection.
    while (!this.#stopping && !client.closed) await Promise.all([this.#ask(client, kind), delay(5)]);
    client.close();
  }

  async #ask(client: RawClient, { name, request: [method, headers], judge }: Kind): Promise<void> {
    const { oldest } = this.range;
    const outcome = await client.ask(method, "/", headers);
    const wrong = "lost" in outcome ? outcome.lost : judge(outcome.answer, { oldest, newest: this.range.newest });
    if (wrong !== undefined) this.wrong.push(`${name}: ${wrong}`);
    this.requests += 1;
  }
}

/** Editors do both: write the file, and put a new one in its place. */
function edit(folder: ConfigFolder, text: string, n: number): void {
  const file = folder.file("corsmith.config.yaml");
  if (n % 4 === 0) writeFileSync(file, text);
  else renameSync(folder.write("corsmith.config.yaml~", text), file);
}

describe.each([1, 2])("a policy that is edited 50 times under load, with %i worker(s)", (workers) => {
  test("S95: loses no request, and no answer is given under a policy that never was in force", {
    timeout: 120_000,
  }, async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder({ "corsmith.config.yaml": validConfig(upstream.url, 0) });
    await using corsmith = new CorsmithProcess(["serve", "--workers", String(workers)], { cwd: folder.path });
    const { api } = await corsmith.addresses();
    const load = new Load(Number(new URL(api).port), [simple, simple, simple, preflight, preflight, stranger]);

    for (let n = 2; n <= edits; n += 2) {
      edit(folder, brokenConfig(upstream.url, n - 1), n);
      await corsmith.event("policy-refused", (line) => line["load"] === n);
      // An edit can be taken up from the moment in which it is written.
      load.range = { ...load.range, newest: n };
      edit(folder, validConfig(upstream.url, n), n);
      await corsmith.event("policy-in-force", (line) => line["load"] === n + 1);
      load.range = { ...load.range, oldest: n };
    }
    await load.stop();
    expect(load.wrong).toEqual([]);
    expect(load.requests).toBeGreaterThan(500);
    process.stderr.write(
      `reload under load, ${workers} worker(s): ${edits} edits, ${load.requests} requests, 0 failed\n`,
    );
  });
});
