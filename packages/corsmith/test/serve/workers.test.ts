import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CorsmithProcess } from "../cli/support/corsmith-process.ts";
import { RawClient } from "../cli/support/raw-client.ts";
import { TestUpstream } from "../cli/support/upstream.ts";
import { ConfigFolder } from "../config/support/config-folder.ts";

const origin = "https://app.example.com";

interface ProcessState {
  /** `Z` is one that has ended, and whose end nobody has asked for. */
  readonly state: string;
  readonly parent: number;
}

/** A process by Linux's own list; `undefined` if there is none. */
function stateOf(pid: number | string): ProcessState | undefined {
  try {
    const [, state = "", parent = ""] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/\(.*\) /, "")
      .split(" ");
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && stateOf(name)?.parent === pid)
    .map(Number);
}

function runs(pid: number): boolean {
  const state = stateOf(pid)?.state;
  return state !== undefined && state !== "Z";
}

describe.skipIf(process.platform !== "linux")("--workers 2", () => {
  const start = async (upstream: TestUpstream, folder: ConfigFolder): Promise<CorsmithProcess> => {
    folder.write(
      "corsmith.config.yaml",
      `upstream: ${upstream.url}\nlisten: 0\nadmin: 0\npolicy: { allowOrigins: [${origin}] }\n`,
    );
    return new CorsmithProcess(["serve", "--workers", "2"], { cwd: folder.path });
  };

  test("shares one port among two processes, and both of them answer", async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder();
    await using corsmith = await start(upstream, folder);
    const { api } = await corsmith.addresses();
    expect(childrenOf(corsmith.child.pid ?? 0)).toHaveLength(2);
    for (let n = 0; n < 12; n += 1) {
      const client = await RawClient.open(Number(new URL(api).port));
      expect(await client?.ask("GET", "/", [`Origin: ${origin}`])).toMatchObject({
        answer: { status: 200, body: "ok" },
      });
      client?.close();
    }
    await delay(200);
    expect(
      new Set(
        corsmith
          .log()
          .map((line) => line["worker"])
          .filter(Boolean),
      ).size,
    ).toBe(2);
  });

  test("starts another one for a worker that died, on the same port, and serves meanwhile", async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder();
    await using corsmith = await start(upstream, folder);
    const { api, admin } = await corsmith.addresses();
    const [first = 0, second = 0] = childrenOf(corsmith.child.pid ?? 0);
    process.kill(first, "SIGKILL");
    expect(await corsmith.event("worker-ended")).toMatchObject({ level: "error", how: "signal SIGKILL" });
    expect((await fetch(api)).status).toBe(200);
    process.kill(second, "SIGKILL");
    const deadline = performance.now() + 10_000;
    let status = 0;
    while (status !== 200 && performance.now() < deadline) {
      await delay(50);
      status = await fetch(api).then(
        (answer) => answer.status,
        () => 0,
      );
    }
    expect(status, "after both died").toBe(200);
    expect((await fetch(`${admin}/readyz`)).status).toBe(200);
  });

  test("gives up, with exit code 1, when workers keep dying", async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder();
    await using corsmith = await start(upstream, folder);
    await corsmith.addresses();
    const killer = setInterval(() => {
      for (const pid of childrenOf(corsmith.child.pid ?? 0).filter(runs)) process.kill(pid, "SIGKILL");
    }, 20);
    const failed = await corsmith.event("failed", undefined, 30).finally(() => clearInterval(killer));
    expect(failed).toMatchObject({ level: "fatal", msg: expect.stringContaining("Workers keep dying") });
    expect((await corsmith.finished).code).toBe(1);
  });

  test("drains all of them on SIGTERM, and leaves none behind", async () => {
    await using upstream = await TestUpstream.start((_, response) => void setTimeout(() => response.end("done"), 500));
    using folder = new ConfigFolder();
    await using corsmith = await start(upstream, folder);
    const { api } = await corsmith.addresses();
    const clients = await Promise.all(Array.from({ length: 6 }, () => RawClient.open(Number(new URL(api).port))));
    const answers = clients.map((client) => client?.ask("GET", "/", []));
    await delay(200);
    const workers = childrenOf(corsmith.child.pid ?? 0);
    corsmith.kill("SIGTERM");
    for (const answer of answers) expect(await answer).toMatchObject({ answer: { status: 200, body: "done" } });
    expect((await corsmith.finished).code).toBe(0);
    expect(workers.filter(runs)).toEqual([]);
  });

  test("ends with the primary, also when that is killed", async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder();
    await using corsmith = await start(upstream, folder);
    await corsmith.addresses();
    const workers = childrenOf(corsmith.child.pid ?? 0);
    corsmith.kill("SIGKILL");
    await corsmith.finished;
    await delay(1_000);
    expect(workers.filter(runs)).toEqual([]);
  });
});
