// What the library can do, once each: that nothing in it asks for more than the oldest Node that it supports.

import { createServer } from "node:http";
import { checkPolicy, decide, decideWithLookup, definePolicy, policyFromEnvironment, respond } from "@corsmith/cors";
import { nodeTransport, openPage } from "@corsmith/cors/browser";
import { explain } from "@corsmith/cors/explain";
import { cors as fetchCors } from "@corsmith/cors/fetch";
import { fromExpressCors } from "@corsmith/cors/from/express-cors";
import { cors as nodeCors } from "@corsmith/cors/node";
import { sendDecisions } from "@corsmith/cors/observe";
import { restorePolicy, sealPolicy } from "@corsmith/cors/sealed";
import {
  judgeCrossOrigin,
  requestsOfHar,
  transportFromHandler,
  transportFromHar,
  transportFromPolicy,
} from "@corsmith/cors/testing";

const origin = "https://app.example.com";
const policy = definePolicy({
  allowOrigins: [origin, "https://*.example.org"],
  allowMethods: ["PUT"],
  allowHeaders: ["x-a", "x-bc"],
});
const preflight = { method: "OPTIONS", origin, requestMethod: "PUT", requestHeaders: "x-a" };
const seen = { decided: decide(policy, preflight).reason };

const slow = definePolicy({ originLookup: { find: () => new Promise(() => {}), timeoutMs: 20 } });
seen.late = (await decideWithLookup(slow, { method: "GET", origin })).reason;
seen.findings = checkPolicy({ allowOrigins: "https://*.github.io", allowCredentials: true }).length > 0;
seen.environment = decide(definePolicy(policyFromEnvironment({ CORS_ALLOW_ORIGINS: origin }).input), {
  method: "GET",
  origin,
}).reason;
seen.sealed = respond(decide(restorePolicy(JSON.parse(JSON.stringify(sealPolicy(policy)))), preflight)).status;
seen.migrated = fromExpressCors({ origin, methods: "GET,PUT" }).policy?.allowOrigins;
seen.explained = explain(
  "Access to fetch at 'http://api.example.com/' (redirected from 'https://api.example.com/') from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
).matches[0]?.code;
seen.refusedAddress = (() => {
  try {
    return sendDecisions({ url: "not an address" });
  } catch (error) {
    return error.name;
  }
})();

const handler = fetchCors(policy)((request) =>
  request.url.endsWith("/moved")
    ? new Response(null, { status: 302, headers: { location: "/here" } })
    : new Response("hello"),
);
const page = openPage({ origin, transport: transportFromHandler(handler) });
const abort = new AbortController();
seen.redirected = (await page.trace("https://api.example.com/moved", { signal: abort.signal })).outcome;
seen.policyAlone = (
  await openPage({ origin, transport: transportFromPolicy(policy) }).trace("https://api.example.com/", {
    method: "PUT",
    headers: { "x-a": "1" },
  })
).outcome;

const entry = (method, url, status, headers) => ({
  startedDateTime: "2026-01-01T00:00:00.000Z",
  request: { method, url, headers: [{ name: "Origin", value: origin }] },
  response: {
    status,
    statusText: "",
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    content: {},
  },
});
const har = {
  log: {
    entries: [
      entry("GET", "https://api.example.com/moved", 302, {
        location: "/here",
        "access-control-allow-origin": "*",
      }),
      entry("GET", "https://api.example.com/here", 200, { "access-control-allow-origin": "*" }),
    ],
  },
};
seen.recorded = requestsOfHar(JSON.stringify(har)).length;
seen.replayed = (
  await openPage({ origin, transport: transportFromHar(har) }).trace("https://api.example.com/moved")
).outcome;

const guard = nodeCors(policy);
const server = createServer((request, response) => guard(request, response, () => response.end("hello")));
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/`;
seen.live = (await openPage({ origin, transport: nodeTransport }).trace(address)).exchanges.length;
seen.judged = (await judgeCrossOrigin(address, { origin })).allowed;
server.closeAllConnections();
await new Promise((done) => server.close(done));
console.log(JSON.stringify(seen));
