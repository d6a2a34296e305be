// Wrong: a route before the adapter. Hono runs what matches in the order of registration, and the route answers first.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/hono";
import { Hono } from "hono";
import { page } from "./show.ts";

const policy = { allowOrigins: [page] };
const headers = { origin: page };

const wrong = new Hono();
wrong.get("/orders", (c) => c.json([]));
wrong.use(cors(policy));
assert.equal((await wrong.request("/orders", { headers })).headers.get("access-control-allow-origin"), null);
console.log("wrong: the route never meets the adapter");

const right = new Hono();
right.use(cors(policy));
right.get("/orders", (c) => c.json([]));
assert.equal((await right.request("/orders", { headers })).headers.get("access-control-allow-origin"), page);
console.log("right: the adapter before all routes");
