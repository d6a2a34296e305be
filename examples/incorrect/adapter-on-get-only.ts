// Wrong: CORS on the method of a route. The preflight of that route is an OPTIONS request, and does not come by.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/express";
import express from "express";
import { page, preflight, serve } from "./show.ts";

const policy = { allowOrigins: [page], allowMethods: ["PUT"] };

const wrong = express();
wrong.put("/orders", cors(policy), (_req, res) => void res.sendStatus(204));

await serve(wrong, async (url) => {
  // Express answers OPTIONS by itself, with Allow, and the browser stops there.
  assert.deepEqual(await preflight(`${url}/orders`, page), { status: 200, allowOrigin: null, allowCredentials: null });
  console.log("wrong: Express answers the preflight, without a CORS header");
});

const right = express();
right
  .route("/orders")
  .all(cors(policy))
  .put((_req, res) => void res.sendStatus(204));

await serve(right, async (url) => {
  assert.equal((await preflight(`${url}/orders`, page)).allowOrigin, page);
  console.log("right: all methods of the route, the preflight's too");
});
