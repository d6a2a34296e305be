import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import "@corsmith/cors/testing/vitest";
import { cors as corsForFetch } from "../../src/adapters/fetch.ts";
import { cors as corsForNode } from "../../src/adapters/node.ts";
import { definePolicy, type PolicyInput } from "../../src/index.ts";
import {
  assertAllowsCrossOrigin,
  assertRefusesCrossOrigin,
  CrossOriginAssertionError,
  type CrossOriginRequest,
  corsMatchers,
  judgeCrossOrigin,
  type Server,
  transportFromPolicy,
} from "../../src/testing/index.ts";

expect.extend(corsMatchers);

const app = "https://app.example.com";
const policy: PolicyInput = {
  allowOrigins: [app],
  allowCredentials: true,
  allowMethods: ["PUT"],
  allowHeaders: ["content-type"],
  exposeHeaders: ["x-total"],
};
const guarded = corsForFetch(policy)(() => new Response("hello"));
const hono = new Hono().all("*", (c) => c.text("hello"));

const node = createServer((request, response) => corsForNode(policy)(request, response, () => response.end("hello")));
beforeAll(() => new Promise<void>((done) => node.listen(0, "127.0.0.1", done)));
afterAll(() => new Promise((done) => node.close(done)));
const nodeUrl = (): string => `http://127.0.0.1:${(node.address() as AddressInfo).port}/orders`;

const servers: readonly (readonly [string, () => Server])[] = [
  ["a handler", () => guarded],
  ["an app with a fetch", () => ({ fetch: guarded })],
  ["a policy", () => definePolicy(policy)],
  ["what a policy is made of", () => policy],
  ["a transport of ours", () => transportFromPolicy(policy)],
  ["a transport of one's own", () => ({ transport: (request) => transportFromPolicy(policy)(request) })],
];
const listening: readonly (readonly [string, () => Server])[] = [
  ["the URL of a server that listens", nodeUrl],
  ["the same as a URL", () => new URL(nodeUrl())],
];

const allowed: readonly CrossOriginRequest[] = [
  { origin: app },
  { origin: app, method: "PUT", headers: ["content-type"], credentials: true, url: "/orders?x=1" },
  { origin: app, method: "POST", headers: { "Content-Type": "text/plain" } },
  { origin: app, expose: ["X-Total", "content-type"] },
];
const refused: readonly CrossOriginRequest[] = [
  { origin: "https://evil.example" },
  { origin: "null" },
  { origin: app, method: "DELETE" },
  { origin: app, headers: ["authorization"] },
  { origin: app, headers: { "X-A": "1" } },
  { origin: app, expose: ["x-hidden"] },
];

// A page of https asks nothing of a server of http: the real one is asked from http.
const overHttp = (request: CrossOriginRequest): CrossOriginRequest =>
  request.origin === app
    ? { ...request, origin: "http://localhost:5173" }
    : { ...request, origin: "http://evil.example" };

describe.each(servers)("expect(%s)", (_, server) => {
  test.each(allowed)("allows %o", async (request) => {
    await expect(server()).toAllowCrossOrigin(request);
  });

  test.each(refused)("refuses %o", async (request) => {
    await expect(server()).not.toAllowCrossOrigin(request);
  });
});

describe.each(listening)("expect(%s)", (_, server) => {
  const local = createServer((request, response) => {
    corsForNode({ ...policy, allowOrigins: ["http://localhost:5173"] })(request, response, () => response.end("hello"));
  });
  beforeAll(() => new Promise<void>((done) => local.listen(0, "127.0.0.1", done)));
  afterAll(() => new Promise((done) => local.close(done)));
  const localServer = (): Server => {
    const url = `http://127.0.0.1:${(local.address() as AddressInfo).port}/orders`;
    return typeof server() === "string" ? url : new URL(url);
  };

  test.each(allowed.map(overHttp))("allows %o", async (request) => {
    await expect(localServer()).toAllowCrossOrigin(request);
  });

  test.each(refused.map(overHttp))("refuses %o", async (request) => {
    await expect(localServer()).not.toAllowCrossOrigin(request);
  });
});

describe("a failure", () => {
  const failure = async (run: () => Promise<void>): Promise<string> => {
    const thrown = await run().catch((error: unknown) => error);
    return thrown instanceof Error ? thrown.message : "nothing was thrown";
  };

  test("prints the verdict, who must act, every step and the headers", async () => {
    const request = {
      origin: app,
      method: "DELETE",
      headers: ["x-a"],
      credentials: true,
      url: "/orders/1?token=s3cret",
    };
    expect(await failure(() => expect(policy).toAllowCrossOrigin(request))).toBe(
      `Expected the server to allow a page on https://app.example.com: DELETE https://api.example.com/orders/1?token=(hidden) with the headers x-a and credentials

Blocked by the browser (method-not-allowed): DELETE is not in Access-Control-Allow-Methods: PUT.
What to do: The server names the method in Access-Control-Allow-Methods, in the same case.
The rule: https://fetch.spec.whatwg.org/#cors-preflight-fetch-0

What the browser did:
   1.      https://api.example.com is not the page's origin https://app.example.com: CORS decides. The method DELETE needs a preflight.
   2.      OPTIONS https://api.example.com/orders/1?token=(hidden) asks for DELETE.
   3. ok   Access-Control-Allow-Origin is "https://app.example.com", the origin that was sent.
   4. ok   Access-Control-Allow-Credentials is true.
   5. ok   The preflight's status is 204.
   6. FAIL DELETE is not in Access-Control-Allow-Methods: PUT.

What went over the wire:
  -> OPTIONS https://api.example.com/orders/1?token=(hidden)
     Access-Control-Request-Method: DELETE
     Access-Control-Request-Headers: x-a
     Origin: https://app.example.com
  <- 204
     Access-Control-Allow-Origin: https://app.example.com
     Access-Control-Allow-Credentials: true
     Access-Control-Allow-Methods: PUT
     Access-Control-Allow-Headers: content-type
     Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers`,
    );
  });

  test("under .not prints what was allowed", async () => {
    const text = await failure(() => expect(guarded).not.toAllowCrossOrigin({ origin: app }));
    expect(text).toContain(`Expected the server not to allow a page on ${app}: GET https://api.example.com/\n`);
    expect(text).toContain("The browser lets the page read the response (status 200).");
  });

  test("names the headers that the page may not read", async () => {
    const text = await failure(() => expect(policy).toAllowCrossOrigin({ origin: app, expose: ["x-total", "x-b"] }));
    expect(text).toContain("and to expose x-total, x-b\n\nThe page may not read x-b.\n");
    expect(text).toContain("Access-Control-Expose-Headers: x-total");
  });

  test("shows nothing of a server's as it came, and no secret", async () => {
    const handler = () =>
      new Response(null, { headers: { "access-control-allow-origin": "\u009b31mred", "set-cookie": "s3cret" } });
    const request = { origin: app, headers: { Authorization: "Bearer s3cret" } };
    const preflighted = async (asked: Request) => (asked.method === "OPTIONS" ? guarded(asked) : handler());
    const text = await failure(() => expect(preflighted).toAllowCrossOrigin(request));
    const plain = await failure(() => expect(handler).toAllowCrossOrigin({ origin: app }));
    expect(text + plain).not.toMatch(/[^\x20-\x7e\n]|s3cret/);
    expect(plain).toContain("\\x9b31mred");
  });

  test.each<readonly [string, Server]>([
    ["a dead port", "http://127.0.0.1:2"],
    ["a transport that fails", { transport: () => Promise.reject(new Error("gone")) }],
    ["a handler that returns nothing", (() => undefined) as never],
  ])("%s is no refusal, and no pass under .not", async (_, server) => {
    const request = { origin: "http://app.example.com" };
    expect(await failure(() => expect(server).not.toAllowCrossOrigin(request))).toMatch(/^There is no verdict/);
    expect(await failure(() => assertRefusesCrossOrigin(server, request))).toMatch(/^There is no verdict/);
  });

  test.each<readonly [string, Server, object, string]>([
    ["no origin", policy, {}, 'origin: undefined is not an origin. Write "https://app.example.com", or "null".'],
    ["a page's URL", policy, { origin: `${app}/` }, `origin: "${app}/" is not an origin.`],
    ["the server's own origin", "http://127.0.0.1:2", { origin: "http://127.0.0.1:2" }, "is the page's own origin"],
    ["a URL that is none", policy, { origin: app, url: "http://[" }, 'url: "http://[" is not a URL.'],
    ["a header that is none", policy, { origin: app, headers: ["x a"] }, '"x a" is not a header name.'],
    ["a server that is text", "app", { origin: app }, '"app" is not the URL of a server.'],
    ["a server that is nothing", undefined as never, { origin: app }, "A server is a handler"],
    ["a policy with a mistake", { allowOrigins: ["app"] }, { origin: app }, "The CORS policy has a mistake."],
  ])("%s is an error that names it", async (_, server, request, message) => {
    expect(await failure(() => expect(server).not.toAllowCrossOrigin(request as CrossOriginRequest))).toContain(
      message,
    );
  });

  test("an engine's behaviour can be asked for", async () => {
    const wide = () =>
      new Response(null, { headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" } });
    const request: CrossOriginRequest = { origin: app, headers: ["authorization"] };
    await expect(wide).not.toAllowCrossOrigin(request);
    await expect(wide).toAllowCrossOrigin({ ...request, engine: "chromium" });
  });
});

describe("assertions for other runners", () => {
  test("pass", async () => {
    await assertAllowsCrossOrigin(hono.fetch.length > 0 ? guarded : hono, { origin: app });
    await assertRefusesCrossOrigin(hono, { origin: app });
  });

  test("throw what runners know", async () => {
    const thrown = await assertAllowsCrossOrigin(hono, { origin: app }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(CrossOriginAssertionError);
    expect(thrown).toMatchObject({
      name: "AssertionError",
      code: "ERR_ASSERTION",
      trace: { code: "missing-allow-origin" },
    });
    await expect(assertRefusesCrossOrigin(guarded, { origin: app })).rejects.toThrow(
      "Expected the server not to allow",
    );
  });

  test("a verdict can be looked at", async () => {
    const verdict = await judgeCrossOrigin(policy, { origin: app, expose: ["x-hidden"] });
    expect(verdict).toMatchObject({ allowed: false, hiddenHeaders: ["x-hidden"], url: "https://api.example.com/" });
  });
});
