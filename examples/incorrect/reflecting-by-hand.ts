// Wrong: the Origin sent back by hand, with credentials. It "works" everywhere, for every site that the user visits.

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/node";
import { ask, evil, page, serve } from "./show.ts";

await serve(
  (req, res) => {
    res.setHeader("Access-Control-Allow-Origin", req.headers.origin ?? "*");
    res.setHeader("Access-Control-Allow-Credentials", "true");
    res.end("the user's orders");
  },
  async (url) => {
    assert.deepEqual(await ask(url, evil), { status: 200, allowOrigin: evil, allowCredentials: "true" });
    console.log("wrong: any site reads the user's orders, and no Vary keeps caches from mixing the answers up");
  },
);

const guard = cors({ allowOrigins: [page], allowCredentials: true });
await serve(
  (req, res) => guard(req, res, () => res.end("the user's orders")),
  async (url) => {
    assert.deepEqual(await ask(url, evil), { status: 200, allowOrigin: null, allowCredentials: null });
    assert.deepEqual(await ask(url, page), { status: 200, allowOrigin: page, allowCredentials: "true" });
    console.log("right: the origins are named");
  },
);
