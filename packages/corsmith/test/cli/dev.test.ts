import { describe, expect, test } from "vitest";
import { ConfigFolder } from "../config/support/config-folder.ts";
import { CorsmithProcess, runCorsmith } from "./support/corsmith-process.ts";
import { TestUpstream } from "./support/upstream.ts";

const anyPorts = ["--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"];

const allowOrigin = async (url: unknown, origin: string): Promise<string | null> =>
  (await fetch(String(url), { headers: { origin } })).headers.get("access-control-allow-origin");

describe("corsmith dev", () => {
  test("lets pages of this machine in, and says where the console is", async () => {
    using folder = new ConfigFolder();
    await using upstream = await TestUpstream.start();
    await using corsmith = new CorsmithProcess(["dev", "--upstream", upstream.url, ...anyPorts], { cwd: folder.path });
    const { listen, admin } = await corsmith.event("serving", undefined, 50);
    expect(await allowOrigin(listen, "http://localhost:5173")).toBe("http://localhost:5173");
    expect(await allowOrigin(listen, "https://evil.example")).toBeNull();
    expect(corsmith.stdout).toContain(`Call         ${listen} instead of ${upstream.url}`);
    expect(corsmith.stdout).toContain(`Console      ${admin}/`);
    expect((await fetch(String(admin), { headers: { accept: "text/html" } })).status).toBe(200);
    const source = await (await fetch(`${admin}/api/policy/source`)).json();
    expect(source).toMatchObject({ file: null, editable: false, text: expect.stringContaining("http://localhost:*") });
  }, 60_000);

  test("steps aside for $development, and for nothing else of the file", async () => {
    const file = (overlay: string): string =>
      `policy: { allowOrigins: [https://app.example.com] }\nroutes: [{ path: /x, policy: { allowOrigins: [https://x.example] } }]\n${overlay}`;
    await using upstream = await TestUpstream.start();
    for (const [overlay, allowed, refused] of [
      ["", "http://localhost:5173", "https://app.example.com"],
      [
        "$development: { policy: { allowOrigins: [http://localhost:3000] } }\n",
        "http://localhost:3000",
        "http://localhost:5173",
      ],
    ] as const) {
      using folder = new ConfigFolder({ "corsmith.config.yaml": file(overlay) });
      await using corsmith = new CorsmithProcess(["dev", "--upstream", upstream.url, ...anyPorts], {
        cwd: folder.path,
      });
      const { listen } = await corsmith.event("serving", undefined, 50);
      expect(await allowOrigin(listen, allowed)).toBe(allowed);
      expect(await allowOrigin(listen, refused)).toBeNull();
      expect(await allowOrigin(`${listen}/x`, allowed)).toBe(overlay === "" ? allowed : null);
    }
  }, 120_000);

  test("needs an API to stand in front of", async () => {
    using folder = new ConfigFolder();
    const { code, stderr } = await runCorsmith(["dev"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("corsmith dev --upstream http://127.0.0.1:8000");
  }, 60_000);
});

describe("corsmith console", () => {
  test("shows what middleware reports, without a gateway and without a policy", async () => {
    using folder = new ConfigFolder();
    await using corsmith = new CorsmithProcess(["console", "--admin", "127.0.0.1:0"], { cwd: folder.path });
    const { admin, listen } = await corsmith.event("serving", undefined, 50);
    expect(listen).toBeNull();
    expect(corsmith.stdout).toContain(`sendDecisions({ url: "${admin}" })`);
    const sent = { version: 1, sender: "test", sequence: 1, service: "orders", lost: 0 };
    const event = {
      time: Date.now(),
      reason: "allowed",
      preflight: false,
      method: "GET",
      origin: "https://a.example",
      answer: {},
    };
    const response = await fetch(`${admin}/api/decisions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...sent, events: [event] }),
    });
    expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 202, body: { taken: 1 } });
    const routes = async (): Promise<unknown> => (await fetch(`${admin}/api/decisions/routes`)).json();
    await expect.poll(routes).toMatchObject({ routes: [{ route: "orders", allowed: 1 }] });
    expect(await (await fetch(`${admin}/api/status`)).json()).toMatchObject({
      ready: true,
      upstream: null,
      workers: 0,
    });
    expect(await (await fetch(`${admin}/api/policy`)).json()).toEqual({ load: 0 });
    expect(await (await fetch(`${admin}/metrics`)).text()).toContain("corsmith_journal_healthy 1");
  }, 60_000);

  test("does not listen to other machines without a token", async () => {
    using folder = new ConfigFolder();
    const { code, stderr } = await runCorsmith(["console", "--admin", "0.0.0.0:0"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("CORSMITH_ADMIN_TOKEN");
  }, 60_000);
});
