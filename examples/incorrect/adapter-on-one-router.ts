// Wrong: CORS on one router only. What the router does not answer has no headers: a page sees a network error where there is a 404.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/express";
import express from "express";
import { ask, page, serve } from "./show.ts";

const policy = { allowOrigins: [page] };

const wrong = express();
const orders = express.Router();
orders.use(cors(policy));
orders.get("/", (_req, res) => void res.json([]));
wrong.use("/orders", orders);

await serve(wrong, async (url) => {
  assert.equal((await ask(`${url}/orders`, page)).allowOrigin, page);
  // A slip of the pen in the page's URL.
  assert.deepEqual(await ask(`${url}/order`, page), { status: 404, allowOrigin: null, allowCredentials: null });
  console.log("wrong: the 404 beside the router has no headers, and reads as a CORS error");
});

const right = express();
right.use(cors(policy));
right.get("/orders", (_req, res) => void res.json([]));

await serve(right, async (url) => {
  assert.deepEqual(await ask(`${url}/order`, page), { status: 404, allowOrigin: page, allowCredentials: null });
  console.log("right: CORS on the application; the page reads the 404");
});
