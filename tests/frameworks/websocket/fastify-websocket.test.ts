import type { AddressInfo } from "node:net";
import { cors } from "@corsmith/cors/fastify";
import { upgradeGuard } from "@corsmith/cors/websocket";
import websocket from "@fastify/websocket";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { askForSocket } from "./ask-for-socket.ts";
import { app, upgradeRequests } from "./upgrade-requests.ts";

const servers: FastifyInstance[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(guard: (server: FastifyInstance) => void): Promise<string> {
  const server = Fastify({ forceCloseConnections: true });
  servers.push(server);
  await server.register(websocket);
  guard(server);
  server.register(async (scope) => {
    scope.get("/live", { websocket: true }, (socket) => socket.send("hello"));
  });
  await server.listen({ host: "127.0.0.1", port: 0 });
  return `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

function byHook(server: FastifyInstance): void {
  const judge = upgradeGuard({ allowOrigins: [app] });
  server.addHook("onRequest", async (request, reply) => {
    if (request.ws && !(await judge(request.raw)).allowed) return reply.code(403).send();
  });
}

describe.each<readonly [string, (server: FastifyInstance) => void]>([
  ["a hook that asks the guard", byHook],
  [
    "the Fastify adapter with crossOriginProtection",
    (server) => void server.register(cors({ allowOrigins: [app], crossOriginProtection: true })),
  ],
])("@fastify/websocket, guarded by %s", (_, guard) => {
  it.each(upgradeRequests("HOST").map(([name], index) => [name, index] as const))("S103: %s", async (_name, index) => {
    const host = await start(guard);
    const [, headers = {}, allowed] = upgradeRequests(host)[index] ?? [];
    expect(await askForSocket(`ws://${host}/live`, headers)).toEqual(
      allowed ? { opened: true, message: "hello" } : { opened: false, status: 403 },
    );
  });
});

describe("@fastify/websocket", () => {
  it("S103: CORS alone keeps no page from opening one", async () => {
    const host = await start((server) => void server.register(cors({ allowOrigins: [app] })));
    expect(await askForSocket(`ws://${host}/live`, { origin: "https://evil.example" })).toMatchObject({ opened: true });
  });

  it("S103: the policy of a route keeps pages from its sockets alone", async () => {
    const server = Fastify({ forceCloseConnections: true });
    servers.push(server);
    await server.register(websocket);
    await server.register(cors({ allowOrigins: [app] }));
    const config: object = { cors: { allowOrigins: [app], crossOriginProtection: true } };
    server.get("/own", { websocket: true, config }, (socket) => socket.send("hello"));
    server.get("/live", { websocket: true }, (socket) => socket.send("hello"));
    await server.listen({ host: "127.0.0.1", port: 0 });
    const host = `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
    const opened = { opened: true, message: "hello" };
    const foreign = { origin: "https://evil.example" };
    expect(await askForSocket(`ws://${host}/own`, foreign)).toEqual({ opened: false, status: 403 });
    expect(await askForSocket(`ws://${host}/own`, { origin: app })).toEqual(opened);
    expect(await askForSocket(`ws://${host}/live`, foreign)).toEqual(opened);
  });
});
