import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { upgradeGuard } from "@corsmith/cors/websocket";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { afterEach, describe, expect, it } from "vitest";
import { app, upgradeRequests } from "./upgrade-requests.ts";

const running: { readonly server: Server; readonly http: HttpServer }[] = [];
afterEach(async () => {
  for (const { server, http } of running.splice(0)) {
    await server.close();
    http.closeAllConnections();
  }
});

async function start(guarded: boolean): Promise<string> {
  const judge = upgradeGuard({ allowOrigins: [app] });
  const http = createServer();
  const server = new Server(http, {
    ...(guarded
      ? {
          allowRequest: async (request, done) => {
            const { allowed, reason } = await judge(request);
            done(reason, allowed);
          },
        }
      : {}),
  });
  server.on("connection", (socket) => socket.emit("greeting", "hello"));
  running.push({ server, http });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  return `127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/** Connects with the real client; it says what the server greeted it with, or that it could not connect. */
async function connect(host: string, transport: "websocket" | "polling", headers: Record<string, string>) {
  const client = io(`http://${host}`, {
    transports: [transport],
    reconnection: false,
    forceNew: true,
    timeout: 5_000,
    extraHeaders: headers,
  });
  const outcome = await new Promise<string>((resolve) => {
    client.on("greeting", resolve);
    client.on("connect_error", () => resolve("refused"));
  });
  client.disconnect();
  return outcome;
}

describe.each(["websocket", "polling"] as const)("Socket.IO over %s, guarded by allowRequest", (transport) => {
  it.each(upgradeRequests("HOST").map(([name], index) => [name, index] as const))("S103: %s", async (_name, index) => {
    const host = await start(true);
    const [, headers = {}, allowed] = upgradeRequests(host)[index] ?? [];
    expect(await connect(host, transport, headers)).toBe(allowed ? "hello" : "refused");
  });

  it("S103: without the guard, every site is let in", async () => {
    const host = await start(false);
    expect(await connect(host, transport, { origin: "https://evil.example" })).toBe("hello");
  });
});

describe("Socket.IO", () => {
  it("S103: a refused handshake is a 403", async () => {
    const host = await start(true);
    const url = `http://${host}/socket.io/?EIO=4&transport=polling`;
    expect((await fetch(url, { headers: { origin: "https://evil.example" } })).status).toBe(403);
    expect((await fetch(url, { headers: { origin: app } })).status).toBe(200);
  });
});
