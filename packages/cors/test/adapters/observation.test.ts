import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cors as fetchCors } from "../../src/adapters/fetch.ts";
import { type AdapterOptions, cors as nodeCors } from "../../src/adapters/node.ts";
import type { PolicyInput } from "../../src/index.ts";
import type { DecisionRecord } from "../../src/observe/decision-record.ts";

const app = "https://app.example.com";
const policy: PolicyInput = { allowOrigins: [app], allowMethods: ["PUT"] };
const options: AdapterOptions = { onError: () => {}, onConflict: () => {} };
const servers: Server[] = [];
const listeners: ((message: unknown) => void)[] = [];

afterEach(async () => {
  for (const listener of listeners.splice(0)) unsubscribe("corsmith.decision", listener);
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

type Ask = (headers: Record<string, string>, method?: string, path?: string) => Promise<Response>;

/** The same application behind each adapter that is at home here, asked in the way of its host. */
const hosts: Readonly<Record<string, (use: PolicyInput, options: AdapterOptions) => Promise<Ask>>> = {
  node: async (use, given) => {
    const guard = nodeCors(use, given);
    const server = createServer((req, res) => guard(req, res, () => res.end("ok")));
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    return (headers, method = "GET", path = "/") => fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
  },
  fetch: async (use, given) => {
    const handle = fetchCors(use, given)(() => new Response("ok"));
    return (headers, method = "GET", path = "/") =>
      handle(new Request(`https://api.example.com${path}`, { method, headers }));
  },
};

describe.each(Object.keys(hosts))("watching the %s adapter", (name) => {
  const start = (given: AdapterOptions, use: PolicyInput = policy): Promise<Ask> => {
    const host = hosts[name];
    if (host === undefined) throw new Error(name);
    return host(use, given);
  };

  test("S98: onDecision gets every decision with its reason, and no query", async () => {
    const events: DecisionRecord[] = [];
    const ask = await start({ ...options, onDecision: (event) => events.push(event) });
    await ask({ origin: app }, "GET", "/orders?token=secret");
    await ask({ origin: "https://evil.example", "access-control-request-method": "PUT" }, "OPTIONS", "/x");
    await ask({});
    expect(events).toMatchObject([
      { reason: "allowed", origin: app, method: "GET", path: "/orders", preflight: false },
      { reason: "origin-refused", origin: "https://evil.example", method: "OPTIONS", path: "/x", status: 403 },
      { reason: "not-cross-origin", path: "/" },
    ]);
    expect(JSON.stringify(events)).not.toContain("secret");
  });

  test("the diagnostics channel corsmith.decision gets the same, also if it is subscribed to later", async () => {
    const heard: unknown[] = [];
    const told: DecisionRecord[] = [];
    const ask = await start({ ...options, onDecision: (event) => told.push(event) });
    const listener = (message: unknown): void => void heard.push(message);
    listeners.push(listener);
    subscribe("corsmith.decision", listener);
    await ask({ origin: app });
    expect(heard).toEqual(told);
    unsubscribe("corsmith.decision", listener);
    await ask({ origin: app });
    expect(heard.length).toBe(1);
    expect(told.length).toBe(2);
  });

  test("gets what a lookup came to, once it is settled", async () => {
    const onDecision = vi.fn();
    const find = async (origin: string): Promise<boolean> => origin === app;
    const ask = await start({ ...options, onDecision }, { originLookup: { find } });
    await ask({ origin: app });
    expect(onDecision.mock.calls).toMatchObject([[{ reason: "allowed", origin: app }, { request: expect.anything() }]]);
  });

  test("a listener that throws changes no answer, and is reported", async () => {
    const onError = vi.fn();
    const ask = await start({
      ...options,
      onError,
      onDecision: () => {
        throw new Error("listener");
      },
    });
    const response = await ask({ origin: app });
    expect(response.headers.get("access-control-allow-origin")).toBe(app);
    expect(await response.text()).toBe("ok");
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: "listener" }));
  });

  test("works where the runtime has no diagnostics channel", async () => {
    vi.stubGlobal("process", { ...process, getBuiltinModule: undefined });
    const ask = await start(options).finally(() => vi.unstubAllGlobals());
    expect((await ask({ origin: app })).status).toBe(200);
  });
});
