// Wrong: a prefix beside the policy. The plugin works on the scope around it, so the prefix would have no effect: it refuses to start.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/fastify";
import Fastify from "fastify";
import { page } from "./show.ts";

const policy = { allowOrigins: [page] };

const wrong = Fastify();
wrong.register(cors(policy), { prefix: "/api" });
await assert.rejects(async () => void (await wrong.ready()), /has no effect/);
console.log("wrong: it refuses to start");

const right = Fastify();
right.register(
  async (scope) => {
    scope.register(cors(policy));
    scope.get("/orders", async () => []);
  },
  { prefix: "/api" },
);
right.get("/orders", async () => []);

const headers = { origin: page };
const inside = await right.inject({ url: "/api/orders", headers });
const outside = await right.inject({ url: "/orders", headers });
assert.equal(inside.headers["access-control-allow-origin"], page);
assert.equal(outside.headers["access-control-allow-origin"], undefined);
console.log("right: inside a scope that has the prefix");
