// Wrong: a strict policy for everything, and an open one further in. The strict one answers the preflights before the open one is met.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/express";
import express from "express";
import { ask, evil, page, preflight, serve } from "./show.ts";

const strict = { allowOrigins: [page], allowCredentials: true };
const open = { allowOrigins: "*", allowMethods: ["PUT"] };
let told = 0;

const wrong = express();
wrong.use(cors(strict));
wrong.use("/public", cors(open, { onStacked: () => (told += 1) }), (_req, res) => void res.send("ok"));

await serve(wrong, async (url) => {
  assert.equal((await ask(`${url}/public`, evil)).allowOrigin, "*");
  assert.equal((await preflight(`${url}/public`, evil)).status, 403);
  assert.equal(told, 1);
  console.log("wrong: anybody may read, but no preflight passes; the adapter warns of it");
});

const right = express();
right.use("/public", cors(open), (_req, res) => void res.send("ok"));
right.use(cors(strict));

await serve(right, async (url) => {
  assert.equal((await ask(`${url}/public`, evil)).allowOrigin, "*");
  assert.deepEqual(await preflight(`${url}/public`, evil), { status: 204, allowOrigin: "*", allowCredentials: null });
  assert.equal((await preflight(`${url}/orders`, evil)).status, 403);
  console.log("right: the special case first, with the routes that it is for; then the policy for the rest");
});
