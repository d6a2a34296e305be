// Runs in a consumer's folder: every entry loads from dist, and decides.

import { decide, definePolicy, respond } from "@corsmith/cors";
import { cors as corsForFetch } from "@corsmith/cors/fetch";
import { cors as corsForNode } from "@corsmith/cors/node";
import { judgeCrossOrigin } from "@corsmith/cors/testing";

const policy = definePolicy({ allowOrigins: ["https://app.example.com"] });
const { headers } = respond(decide(policy, { method: "GET", origin: "https://app.example.com" }));
const response = await corsForFetch(policy)(() => new Response("hello"))(
  new Request("https://api.example.com/", { headers: { origin: "https://app.example.com" } }),
);

console.log(
  JSON.stringify({
    entries: ["@corsmith/cors", "@corsmith/cors/fetch", "@corsmith/cors/node"].map((name) => import.meta.resolve(name)),
    headers,
    fetched: response.headers.get("access-control-allow-origin"),
    judged: (await judgeCrossOrigin(policy, { origin: "https://app.example.com" })).allowed,
    middleware: typeof corsForNode(policy),
  }),
);
