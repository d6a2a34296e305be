import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cors } from "@corsmith/cors/node";
import { type DecisionRecord, type UpgradeGuard, upgradeGuard } from "@corsmith/cors/websocket";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { askForSocket } from "./ask-for-socket.ts";
import { app, upgradeRequests } from "./upgrade-requests.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** By the event of the HTTP server: the way that `ws` itself recommends. */
async function withUpgradeEvent(judge: UpgradeGuard): Promise<string> {
  const sockets = new WebSocketServer({ noServer: true });
  sockets.on("connection", (client) => client.send("hello"));
  const server = createServer((req, res) => cors({ allowOrigins: [app] })(req, res, () => res.end("http"))).on(
    "upgrade",
    async (request, socket, head) => {
      const { allowed } = await judge(request);
      if (allowed)
        sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request));
      else socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    },
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  stops.push(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** By the option `verifyClient`, for servers that `ws` starts itself. */
async function withVerifyClient(judge: UpgradeGuard): Promise<string> {
  const sockets = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    verifyClient: async ({ req }: { req: Parameters<UpgradeGuard>[0] }, done) => {
      const { allowed } = await judge(req);
      done(allowed, 403);
    },
  });
  sockets.on("connection", (client) => client.send("hello"));
  await new Promise((done) => sockets.once("listening", done));
  stops.push(() => {
    for (const client of sockets.clients) client.terminate();
    return new Promise((done) => sockets.close(done));
  });
  return `127.0.0.1:${(sockets.address() as AddressInfo).port}`;
}

describe.each([
  ["the upgrade event", withUpgradeEvent],
  ["verifyClient", withVerifyClient],
])("ws, guarded by %s", (_, start) => {
  it.each(upgradeRequests("HOST").map(([name], index) => [name, index] as const))("S103: %s", async (_name, index) => {
    const host = await start(upgradeGuard({ allowOrigins: [app] }));
    const [, headers = {}, allowed] = upgradeRequests(host)[index] ?? [];
    expect(await askForSocket(`ws://${host}/`, headers)).toEqual(
      allowed ? { opened: true, message: "hello" } : { opened: false, status: 403 },
    );
  });
});

describe("the guard of upgrades", () => {
  it("S103: refuses too where the policy has crossOriginProtection, and where it has not", async () => {
    for (const crossOriginProtection of [true, false]) {
      const host = await withUpgradeEvent(upgradeGuard({ allowOrigins: [app], crossOriginProtection }));
      expect(await askForSocket(`ws://${host}/`, { origin: "https://evil.example" })).toMatchObject({ status: 403 });
    }
  });

  it("S24: asks the lookup of the policy, and refuses when it fails", async () => {
    const find = async (origin: string): Promise<boolean> => {
      if (origin === "https://broken.example") throw new Error("down");
      return origin === "https://tenant.example";
    };
    const host = await withUpgradeEvent(upgradeGuard({ originLookup: { find } }));
    const ask = (origin: string) => askForSocket(`ws://${host}/`, { origin });
    expect(await ask("https://tenant.example")).toMatchObject({ opened: true });
    expect(await ask("https://other.example")).toMatchObject({ opened: false });
    expect(await ask("https://broken.example")).toMatchObject({ opened: false });
  });

  it("S98: gives the reason, and tells those who watch", async () => {
    const events: DecisionRecord[] = [];
    const judge = upgradeGuard({ allowOrigins: [app] }, { onDecision: (event) => events.push(event) });
    const ask = (...rawHeaders: string[]) => judge({ method: "GET", url: "/live?token=secret", rawHeaders });
    expect(await ask("Origin", app)).toEqual({ allowed: true, reason: "allowed" });
    expect(await ask("Origin", "https://evil.example")).toEqual({ allowed: false, reason: "origin-refused" });
    expect(await ask("Origin", app, "Origin", app)).toEqual({ allowed: false, reason: "malformed" });
    expect(await ask("Sec-Fetch-Site", "cross-site")).toEqual({ allowed: false, reason: "origin-refused" });
    expect(await ask()).toEqual({ allowed: true, reason: "not-cross-origin" });
    expect(events.map(({ reason, status, path }) => [reason, status, path])).toEqual([
      ["allowed", undefined, "/live"],
      ["origin-refused", 403, "/live"],
      ["malformed", 403, "/live"],
      ["origin-refused", 403, "/live"],
      ["not-cross-origin", undefined, "/live"],
    ]);
  });

  it("a policy for any origin lets every page open one, as it says", async () => {
    const judge = upgradeGuard({ allowOrigins: "*" });
    expect(await judge({ rawHeaders: ["Origin", "https://any.example"] })).toMatchObject({ allowed: true });
    expect(await judge({ rawHeaders: ["Sec-Fetch-Site", "cross-site"] })).toMatchObject({ allowed: true });
  });

  it("S103: without it, ws opens a socket for every site", async () => {
    const host = await withUpgradeEvent(async () => ({ allowed: true, reason: "allowed" }));
    expect(await askForSocket(`ws://${host}/`, { origin: "https://evil.example" })).toMatchObject({ opened: true });
  });
});
