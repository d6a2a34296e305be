// Wrong: router.use for a policy. It runs where a route of the router matches, and no route matches the OPTIONS of a preflight.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/koa";
import Router from "@koa/router";
import Koa from "koa";
import { page, preflight, serve } from "./show.ts";

const policy = { allowOrigins: [page], allowMethods: ["PUT"] };

const lost = new Router();
lost.use(cors(policy));
lost.put("/orders", (ctx) => {
  ctx.status = 204;
});
const wrong = new Koa().use(lost.routes());

await serve(wrong.callback(), async (url) => {
  assert.deepEqual(await preflight(`${url}/orders`, page), { status: 404, allowOrigin: null, allowCredentials: null });
  console.log("wrong: the preflight is a 404");
});

const found = new Router();
found.all("/{*path}", cors(policy));
found.put("/orders", (ctx) => {
  ctx.status = 204;
});
const right = new Koa().use(found.routes());

await serve(right.callback(), async (url) => {
  assert.equal((await preflight(`${url}/orders`, page)).allowOrigin, page);
  console.log("right: router.all for the paths of the policy; or app.use for one policy for everything");
});
