import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { CorsmithProcess, runCorsmith } from "./support/corsmith-process.ts";
import { TestUpstream } from "./support/upstream.ts";

const origin = "https://app.example.com";
const config = (upstream: string): string =>
  `upstream: ${upstream}\nlisten: 0\nadmin: 0\npolicy: { allowOrigins: [${origin}] }\n`;

describe("serve without an upstream is the demo", () => {
  test("with its addresses and two curl lines that work as they stand", async () => {
    using folder = new ConfigFolder();
    await using corsmith = new CorsmithProcess(["serve"], { cwd: folder.path });
    const { api, admin } = await corsmith.addresses();
    const plain = corsmith.stdout.replaceAll(/ \\\n\s+/g, " ");
    const [simple = "", preflight = ""] = plain.match(/curl -i .*/g) ?? [];
    expect(simple).toContain(api);
    for (const line of corsmith.stdout.split("\n").filter((text) => !text.startsWith("{")))
      expect(line.length).toBeLessThanOrEqual(80);

    const asked = (command: string): [string, RequestInit] => [
      /http:\/\/\S+/.exec(command)?.[0] ?? "",
      {
        method: /-X (\w+)/.exec(command)?.[1] ?? "GET",
        headers: [...command.matchAll(/-H '([^:]+): ([^']*)'/g)].map(([, name = "", value = ""]): [string, string] => [
          name,
          value,
        ]),
      },
    ];
    const first = await fetch(...asked(simple));
    expect(first.status).toBe(200);
    expect(first.headers.get("access-control-allow-origin")).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await first.json()).toBeTruthy();
    const second = await fetch(...asked(preflight));
    expect(second.status).toBe(204);
    expect(second.headers.get("access-control-allow-methods")).toContain("PUT");
    expect((await fetch(`${admin}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${admin}/api/policy`)).json()).toMatchObject({
      load: 1,
      source: expect.stringMatching(/corsmith-demo-\w+\/corsmith\.config\.yaml$/),
    });
    // What the console shows first can be changed there: the demo's policy stands in a file, which is gone with it.
    const source = (await (await fetch(`${admin}/api/policy/source`)).json()) as { file: string; editable: boolean };
    expect(source).toMatchObject({ editable: true, findings: [] });
    await corsmith[Symbol.asyncDispose]();
    expect(existsSync(source.file)).toBe(false);
  });

  test("on the port that was asked for, under a policy of one's own", async () => {
    using folder = new ConfigFolder({ "policy.yaml": `allowOrigins: ${origin}\n` });
    await using free = await TestUpstream.start();
    const port = free.port;
    await free[Symbol.asyncDispose]();
    await using corsmith = new CorsmithProcess(["serve", "--policy", "policy.yaml", "--listen", String(port)], {
      cwd: folder.path,
    });
    const { api } = await corsmith.addresses();
    expect(api).toBe(`http://127.0.0.1:${port}`);
    const answer = await fetch(`${api}/orders`, { headers: { origin } });
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
  });

  test("with its addresses in the log where everything is JSON", async () => {
    using folder = new ConfigFolder();
    await using corsmith = new CorsmithProcess(["serve", "--json"], { cwd: folder.path });
    const line = await corsmith.event("serving");
    expect(line["demo"]).toMatchObject({
      simple: expect.stringContaining("curl"),
      preflight: expect.stringContaining("OPTIONS"),
    });
    for (const text of corsmith.stdout.trim().split("\n")) expect(() => JSON.parse(text)).not.toThrow();
  });
});

describe("serve in front of an API", () => {
  test("answers, and says where it listens, in front of what, and under which policy", async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder({ "corsmith.config.yaml": config(upstream.url) });
    await using corsmith = new CorsmithProcess(["serve"], { cwd: folder.path });
    const { api } = await corsmith.addresses();
    const answer = await fetch(api, { headers: { origin } });
    expect([answer.status, answer.headers.get("access-control-allow-origin"), await answer.text()]).toEqual([
      200,
      origin,
      "ok",
    ]);
    const line = await corsmith.event("serving");
    expect(line).toMatchObject({
      upstream: upstream.url,
      policySource: "corsmith.config.yaml",
      origins: 1,
      workers: 1,
      level: "info",
    });
    expect(line["msg"]).toContain(
      `Serving ${api} in front of ${upstream.url}. Policy: corsmith.config.yaml, 1 origin.`,
    );
  });

  test("finds its file in a folder above", async () => {
    await using upstream = await TestUpstream.start();
    using folder = new ConfigFolder({
      "corsmith.config.json": JSON.stringify({
        upstream: upstream.url,
        listen: 0,
        admin: 0,
        policy: { allowOrigins: "*" },
      }),
      "a/b/c": "",
    });
    await using corsmith = new CorsmithProcess(["serve"], { cwd: folder.file("a/b") });
    expect((await corsmith.event("serving"))["policySource"]).toBe(folder.file("corsmith.config.json"));
  });

  test("serves although the API cannot be reached yet, and says so", async () => {
    await using gone = await TestUpstream.start();
    const url = gone.url;
    await gone[Symbol.asyncDispose]();
    using folder = new ConfigFolder({ "corsmith.config.yaml": config(url) });
    await using corsmith = new CorsmithProcess(["serve"], { cwd: folder.path });
    const { api, admin } = await corsmith.addresses();
    const line = await corsmith.event("upstream-unreachable");
    expect(line).toMatchObject({ level: "warn", upstream: url, reason: "ECONNREFUSED" });
    expect(line["msg"]).toMatch(/502 with CORS headers.*Containers may start in any order.*check --upstream/);
    const answer = await fetch(api, { headers: { origin } });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([502, origin]);
    expect((await fetch(`${admin}/readyz`)).status).toBe(200);
  });

  test("takes flags before the environment and that before the file", async () => {
    await using upstream = await TestUpstream.start((_, response) => void response.end("by flag"));
    using folder = new ConfigFolder({ "corsmith.config.yaml": config("http://127.0.0.1:1") });
    const env = {
      CORSMITH_UPSTREAM: "http://127.0.0.1:2",
      CORS_ALLOW_ORIGINS: "https://by-environment.example",
      CORSMITH_LOG_LEVEL: "info",
    };
    await using corsmith = new CorsmithProcess(["serve", "--upstream", upstream.url], { cwd: folder.path, env });
    const { api } = await corsmith.addresses();
    const answer = await fetch(api, { headers: { origin: "https://by-environment.example" } });
    expect([await answer.text(), answer.headers.get("access-control-allow-origin")]).toEqual([
      "by flag",
      "https://by-environment.example",
    ]);
  });
});

describe("a signal", () => {
  const slow = (): Promise<TestUpstream> =>
    TestUpstream.start((_, response) => {
      setTimeout(() => response.end("done"), 600);
    });

  test.each(["SIGTERM", "SIGINT"] as const)("%s lets the request under way finish, and exits 0", async (signal) => {
    await using upstream = await slow();
    using folder = new ConfigFolder({ "corsmith.config.yaml": config(upstream.url) });
    await using corsmith = new CorsmithProcess(["serve"], { cwd: folder.path });
    const { api, admin } = await corsmith.addresses();
    const under = fetch(api, { headers: { origin } });
    await delay(200);
    corsmith.kill(signal);
    await corsmith.event("draining");
    expect((await fetch(`${admin}/readyz`)).status, "not ready while draining").toBe(503);
    expect((await fetch(`${admin}/healthz`)).status, "but alive").toBe(200);
    await expect(fetch(api), "no new connections").rejects.toThrow();
    expect(await (await under).text()).toBe("done");
    const run = await corsmith.finished;
    expect(run.code).toBe(0);
    expect(corsmith.log().at(-1)).toMatchObject({ event: "stopped" });
  });

  test("SIGINT again, from somebody who does not want to wait, ends it at once", async () => {
    const held = Promise.withResolvers<void>();
    await using upstream = await TestUpstream.start(() => held.resolve());
    using folder = new ConfigFolder({ "corsmith.config.yaml": config(upstream.url) });
    await using corsmith = new CorsmithProcess(["serve"], { cwd: folder.path });
    const { api } = await corsmith.addresses();
    const socket = connect(Number(new URL(api).port), "127.0.0.1", () =>
      socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    );
    socket.on("error", () => {});
    await held.promise;
    corsmith.kill("SIGINT");
    await corsmith.event("draining");
    corsmith.kill("SIGINT");
    await delay(300);
    expect(corsmith.child.exitCode, "one Ctrl-C can arrive twice").toBeNull();
    await delay(900);
    corsmith.kill("SIGINT");
    expect((await corsmith.finished).code).toBe(130);
    socket.destroy();
  });
});

test("the version is that of the package", async () => {
  using folder = new ConfigFolder();
  expect(await runCorsmith(["--version"], { cwd: folder.path })).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
});
