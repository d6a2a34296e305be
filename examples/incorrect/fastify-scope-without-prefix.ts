// Wrong: a policy for a scope that has no prefix. A preflight matches no route, so Fastify does not know whose scope it is for.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/fastify";
import Fastify, { type FastifyInstance } from "fastify";
import { page } from "./show.ts";

const orders = async (scope: FastifyInstance): Promise<void> => {
  scope.register(cors({ allowOrigins: [page], allowMethods: ["PUT"] }));
  scope.put("/orders", async () => []);
};
const headers = { origin: page, "access-control-request-method": "PUT" };

const wrong = Fastify();
wrong.register(orders);
const lost = await wrong.inject({ method: "OPTIONS", url: "/orders", headers });
assert.equal(lost.statusCode, 404);
assert.equal(lost.headers["access-control-allow-origin"], undefined);
console.log("wrong: the preflight is a 404");

const right = Fastify();
right.register(orders, { prefix: "/shop" });
const found = await right.inject({ method: "OPTIONS", url: "/shop/orders", headers });
assert.equal(found.statusCode, 204);
assert.equal(found.headers["access-control-allow-origin"], page);
console.log("right: a scope with a prefix; or one policy, registered at the top");
