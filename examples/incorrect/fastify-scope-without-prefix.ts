// Wrong: in a scope without a prefix, routes that come before the plugin is loaded. A scope is known by its routes alone there, so the
// plugin has to see each of them being declared; Fastify loads it only when the function has ended, or where it is awaited.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/fastify";
import Fastify from "fastify";
import { page } from "./show.ts";

const policy = { allowOrigins: [page], allowMethods: ["PUT"] };
const preflight = { method: "OPTIONS", headers: { origin: page, "access-control-request-method": "PUT" } } as const;

const wrong = Fastify();
wrong.register(async (scope) => {
  scope.register(cors(policy));
  scope.put("/orders", async () => []);
});
await assert.rejects(async () => void (await wrong.ready()), /declared before the CORS plugin was loaded/);
console.log("wrong: it refuses to start");

const right = Fastify();
right.register(async (scope) => {
  await scope.register(cors(policy));
  scope.put("/orders", async () => []);
});
right.put("/internal", async () => []);
const inside = await right.inject({ ...preflight, url: "/orders" });
const outside = await right.inject({ ...preflight, url: "/internal" });
assert.equal(inside.headers["access-control-allow-origin"], page);
assert.equal(outside.statusCode, 404);
console.log("right: the plugin is awaited, then come the routes");
