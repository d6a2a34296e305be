import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CorsmithProcess } from "../cli/support/corsmith-process.ts";
import { RawClient } from "../cli/support/raw-client.ts";
import { TestUpstream } from "../cli/support/upstream.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";

const origin = "https://app.example.com";
const rounds = 3;

/** Clients of two kinds, until the gateway closes their connections. */
class Load {
  answered = 0;
  /** Set when the signal is sent. A load balancer opens no connections any more to a server that is not ready. */
  draining = false;
  readonly wrong: string[] = [];
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  async run(): Promise<void> {
    const keeping = Array.from({ length: 12 }, () => this.#keepConnection());
    const opening = Array.from({ length: 4 }, () => this.#openConnections());
    await Promise.all([...keeping, ...opening]);
  }

  /** Keeps one connection for as long as the gateway does. */
  async #keepConnection(): Promise<void> {
    const client = await RawClient.open(this.#port);
    while (client !== undefined && !client.closed) await this.#ask(client);
  }

  /** Opens a connection for each request. One that was open before the signal must still get its answer. */
  async #openConnections(): Promise<void> {
    while (!this.draining) {
      const client = await RawClient.open(this.#port);
      if (client !== undefined && !this.draining) await this.#ask(client);
      client?.close();
    }
  }

  async #ask(client: RawClient): Promise<void> {
    const outcome = await client.ask("GET", "/orders", [`Origin: ${origin}`]);
    this.answered += 1;
    if ("lost" in outcome) {
      this.wrong.push(outcome.lost);
      return;
    }
    const { status, body, headers } = outcome.answer;
    if (status !== 200 || body !== "whole") this.wrong.push(`status ${status}, ${JSON.stringify(body)}`);
    if (headers.get("connection") === "close") client.close();
  }
}

describe.each([1, 2])("SIGTERM under load, with %i worker(s)", (workers) => {
  test("loses no request of a connection that was open", { timeout: 120_000 }, async () => {
    // Some answers are under way for longer than others.
    await using upstream = await TestUpstream.start((_, response) => {
      setTimeout(() => response.end("whole"), Math.random() * 60);
    });
    using folder = new ConfigFolder({
      "corsmith.config.yaml": `upstream: ${upstream.url}\nlisten: 0\nadmin: 0\npolicy: { allowOrigins: [${origin}] }\n`,
    });
    let answered = 0;
    let afterSignal = 0;
    for (let round = 0; round < rounds; round += 1) {
      await using corsmith = new CorsmithProcess(["serve", "--workers", String(workers)], { cwd: folder.path });
      const load = new Load(Number(new URL((await corsmith.addresses()).api).port));
      const running = load.run();
      await delay(500);
      const before = load.answered;
      load.draining = true;
      corsmith.kill("SIGTERM");
      await running;
      expect((await corsmith.finished).code).toBe(0);
      expect(load.wrong, `round ${round + 1}`).toEqual([]);
      answered += load.answered;
      afterSignal += load.answered - before;
    }
    expect(answered).toBeGreaterThan(rounds * 50);
    expect(afterSignal).toBeGreaterThan(rounds);
    process.stderr.write(
      `drain under load, ${workers} worker(s): ${answered} requests, ${afterSignal} answered after SIGTERM, 0 lost\n`,
    );
  });
});
