import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { requireEngine } from "../../../../tests/support/real-engines.ts";
import { askEngine, realEngines, startEngine } from "../../src/engines/ask-engine.ts";
import type { RunningEngine } from "../../src/engines/engine.ts";

const installed = new Map(realEngines.map((engine) => [engine, requireEngine(engine)]));

/** Answers `/open` for any origin and `/shut` for none, after `?wait=` milliseconds. */
function startApi(): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://api.invalid");
    if (url.pathname === "/open") response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
    response.setHeader("X-Secret", "1");
    setTimeout(() => response.end("hello"), Number(url.searchParams.get("wait") ?? 0));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

const profiles = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => /^corsmith-(chromium|firefox|webkit)-/.test(name));

let api: string;
let server: Server;
beforeAll(async () => {
  server = await startApi();
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe.each(realEngines)("the real %s", (engine) => {
  const withEngine = test.skipIf(!installed.get(engine));

  describe.skipIf(!installed.get(engine))("on pages of origins that are not ours", () => {
    let running: RunningEngine;
    beforeAll(async () => {
      const started = await startEngine(engine);
      if ("missing" in started) throw new Error(started.missing);
      running = started;
    });
    afterAll(async () => {
      await running?.close();
    });

    test("says its version", () => {
      expect(running.version).toMatch(/^\d+(\.\d+)+$/);
    });

    test.each([
      ["an http page of a dev server that does not run", "http://localhost:3000"],
      ["an http page of a host that does not exist", "http://app.example.com"],
      ["an https page of a host that does not exist", "https://app.example.com"],
      ["an https page on a port of its own", "https://app.example.com:8443"],
    ])("is on %s", async (_, origin) => {
      const page = await running.openPage({ url: `${origin}/`, intercepted: true });
      const result = await page.fetch("/nothing-of-ours", { mode: "same-origin" });
      // The page is ours, its server is not there.
      expect(result).toMatchObject({ engine, outcome: "error" });
      const data = await page.fetch("data:text/plain,hi");
      expect(data).toMatchObject({ outcome: "ok", status: 200, bodyText: "hi" });
    });

    test("reads what the API allows, and no header more", async () => {
      const page = await running.openPage({ url: "http://localhost:3000/", intercepted: true });
      const result = await page.fetch(`${api}/open`);
      expect(result).toMatchObject({ outcome: "ok", status: 200, type: "cors", redirected: false, bodyText: "hello" });
      expect(result.outcome === "ok" && result.headers.map(([name]) => name)).toEqual(["content-length"]);
    });

    test("does not read what it refuses, and prints why", async () => {
      const page = await running.openPage({ url: "http://localhost:3000/", intercepted: true });
      const result = await page.fetch(`${api}/shut`);
      expect(result).toMatchObject({ outcome: "error" });
      expect(result.consoleMessages.join("\n")).toContain("Access-Control-Allow-Origin");
    });

    test("has an opaque origin in a sandboxed frame", async () => {
      const page = await running.openPage({ url: "http://localhost:3000/", intercepted: true });
      expect(await page.fetch(`${api}/open`, {}, { opaque: true })).toMatchObject({ outcome: "ok" });
      const refused = await page.fetch(`${api}/shut`, {}, { opaque: true });
      expect(refused.outcome).toBe("error");
      expect(refused.consoleMessages.join("\n")).toContain(engine === "firefox" ? "missing" : "null");
    });

    test("does not wait for ever", async () => {
      const page = await running.openPage({ url: "http://localhost:3000/", intercepted: true });
      await expect(page.fetch(`${api}/open?wait=3000`, {}, { timeoutMs: 200 })).rejects.toThrow("within 0.2 s");
    });
  });

  withEngine("is asked once, and leaves nothing behind", async () => {
    const before = profiles();
    const result = await askEngine(engine, { origin: "null", url: `${api}/shut` });
    expect(result).toMatchObject({ engine, outcome: "error" });
    if (engine === "chromium") expect(result).toMatchObject({ code: "MissingAllowOriginHeader" });
    expect(profiles()).toEqual(before);
  });

  withEngine("leaves nothing behind when its asker is ended", async () => {
    const before = profiles();
    const module = new URL("../../src/engines/ask-engine.ts", import.meta.url).href;
    const script = `const { startEngine } = await import("${module}"); await startEngine("${engine}"); console.log("started");`;
    const condition = "--conditions=@corsmith/source";
    const child = spawn(process.execPath, [condition, "--input-type=module", "-e", script], {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    const mine = profiles().filter((name) => !before.includes(name));
    expect(mine).toHaveLength(1);
    child.kill("SIGTERM");
    const [, signal] = await once(child, "exit");
    expect(signal).toBe("SIGTERM");
    await vi.waitFor(() => expect(commandLines()).not.toContain(mine[0]), { timeout: 10_000 });
    expect(profiles()).toEqual(before);
  });

  describe("that is not installed", () => {
    beforeEach(() => {
      vi.stubEnv("PATH", "/nowhere");
    });
    afterEach(() => {
      vi.unstubAllEnvs();
    });
    // WebKit's browser has a fixed place; its display has not.
    test("is answered with what to install", async () => {
      vi.stubEnv("DISPLAY", undefined);
      vi.stubEnv("WAYLAND_DISPLAY", undefined);
      const result = await askEngine(engine, { origin: "https://app.example.com", url: `${api}/open` });
      expect(result).toEqual({ missing: expect.stringContaining("apt-get install") });
    });
  });
});

function commandLines(): string {
  return spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout;
}
