// Wrong: authentication before CORS. A preflight carries no cookie and no Authorization, so authentication refuses it.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/express";
import express, { type RequestHandler } from "express";
import { ask, page, preflight, serve } from "./show.ts";

const policy = { allowOrigins: [page], allowCredentials: true, allowMethods: ["PUT"] };

const authenticate: RequestHandler = (req, res, next) => {
  if (req.headers.authorization === undefined) res.sendStatus(401);
  else next();
};

const wrong = express();
wrong.use(authenticate);
wrong.use(cors(policy));

await serve(wrong, async (url) => {
  assert.deepEqual(await preflight(url, page), { status: 401, allowOrigin: null, allowCredentials: null });
  // The page cannot even read that it must sign in.
  assert.equal((await ask(url, page)).allowOrigin, null);
  console.log("wrong: the preflight is answered 401, and the 401 cannot be read");
});

const right = express();
right.use(cors(policy));
right.use(authenticate);

await serve(right, async (url) => {
  assert.deepEqual(await preflight(url, page), { status: 204, allowOrigin: page, allowCredentials: "true" });
  assert.deepEqual(await ask(url, page), { status: 401, allowOrigin: page, allowCredentials: "true" });
  console.log("right: CORS first; the preflight passes and the page reads the 401");
});
