import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Running } from "../frameworks/support/listen.ts";
import { askForSocket } from "../frameworks/websocket/ask-for-socket.ts";
import { app, upgradeRequests } from "../frameworks/websocket/upgrade-requests.ts";
import { byHttp } from "./support/ask.ts";
import { startServer } from "./support/start-server.ts";

const handshake = "/socket.io/?EIO=4&transport=polling";

let server: Running;
beforeAll(async () => {
  server = await startServer("socket-io");
});
afterAll(() => server?.close());

/** Connects with the real client; it says what the server greeted it with, or that it could not connect. */
async function connect(transports: ("websocket" | "polling")[], headers: Record<string, string>): Promise<string> {
  const client = io(`http://127.0.0.1:${server.port}`, {
    transports,
    reconnection: false,
    forceNew: true,
    timeout: 2_000,
    extraHeaders: headers,
  });
  const outcome = await new Promise<string>((resolve) => {
    client.on("greeting", resolve);
    client.on("connect_error", () => resolve("refused"));
    client.on("disconnect", () => resolve("refused"));
    client.io.on("close", () => resolve("refused"));
  });
  client.disconnect();
  return outcome;
}

describe.each([
  ["WebSocket", ["websocket"]],
  ["polling", ["polling"]],
  ["polling and then WebSocket", ["polling", "websocket"]],
] as const)("Socket.IO over %s", (_, transports) => {
  test.each(upgradeRequests("HOST").map(([name], index) => [name, index] as const))(
    "S103: %s",
    async (_name, index) => {
      const [, headers = {}, allowed] = upgradeRequests(`127.0.0.1:${server.port}`)[index] ?? [];
      expect(await connect([...transports], headers)).toBe(allowed ? "hello" : "refused");
    },
  );
});

describe("Socket.IO", () => {
  test("an allowed page reads the answers to polling, and a preflight of it is answered", async () => {
    const ask = byHttp(server.port);
    const opened = await ask({ method: "GET", path: handshake, headers: [["Origin", app]] });
    expect([opened.status, opened.headers.get("access-control-allow-origin")]).toEqual([200, app]);
    expect(opened.headers.get("vary")).toContain("Origin");
    const preflight = await ask({
      method: "OPTIONS",
      path: handshake,
      headers: [
        ["Origin", app],
        ["Access-Control-Request-Method", "POST"],
      ],
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, app]);
  });

  test("a foreign page reads nothing, and cannot send", async () => {
    const ask = byHttp(server.port);
    const stranger = ["Origin", "https://evil.example"] as const;
    const opened = await ask({ method: "GET", path: handshake, headers: [stranger] });
    expect(opened.headers.get("access-control-allow-origin")).toBeNull();
    const { sid } = JSON.parse(opened.body.slice(1));
    const sent = await ask({ method: "POST", path: `${handshake}&sid=${sid}`, headers: [stranger], body: "40" });
    expect(sent.status).toBe(403);
  });

  test("S103: 200 WebSockets of foreign pages at once are refused, and the next allowed one is served", async () => {
    const url = `ws://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=websocket`;
    const asked = Array.from({ length: 200 }, (_, place) =>
      askForSocket(url, { origin: `https://evil-${place}.example`, "sec-fetch-site": "cross-site" }),
    );
    expect((await Promise.all(asked)).filter(({ opened }) => opened)).toEqual([]);
    expect(await connect(["websocket"], { origin: app })).toBe("hello");
  });
});
