// Wrong: two owners of the CORS headers. The application is guarded, and a proxy before it adds headers of its own ("just to be sure").

import assert from "node:assert/strict";
import { cors } from "@corsmith/cors/node";
import { ask, page, serve } from "./show.ts";

const guard = cors({ allowOrigins: [page] });

await serve(
  (req, res) => guard(req, res, () => res.end("ok")),
  async (api) => {
    await serve(
      async (req, res) => {
        // As `add_header Access-Control-Allow-Origin *` does in nginx: it adds, it does not replace.
        const answer = await fetch(`${api}${req.url}`, { headers: { origin: req.headers.origin ?? "" } });
        const own = answer.headers.get("access-control-allow-origin") ?? "";
        res.writeHead(answer.status, ["Access-Control-Allow-Origin", own, "Access-Control-Allow-Origin", "*"]);
        res.end();
      },
      async (proxy) => {
        // Browsers: "The 'Access-Control-Allow-Origin' header contains multiple values".
        assert.equal((await ask(proxy, page)).allowOrigin, `${page}, *`);
        console.log("wrong: two values, and browsers refuse the answer");
      },
    );
    assert.equal((await ask(api, page)).allowOrigin, page);
    console.log("right: one owner; take the headers out of the proxy, or put `corsmith serve` in its place");
  },
);

// What the application itself sets is no second owner: the policy's headers replace it, and it is told.
const told: string[] = [];
const replaced = cors({ allowOrigins: [page] }, { onConflict: (header, value) => told.push(`${header}: ${value}`) });
await serve(
  (req, res) => replaced(req, res, () => res.setHeader("Access-Control-Allow-Origin", "*").end()),
  async (url) => {
    assert.equal((await ask(url, page)).allowOrigin, page);
    assert.deepEqual(told, ["access-control-allow-origin: *"]);
  },
);
