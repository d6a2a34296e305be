import { describe, expect, test } from "vitest";
import { type Engine, type Header, openPage, type PageRequestInit } from "../../../src/browser/index.ts";
import { scriptedServer } from "../scripted-server.ts";

const a = "https://a.example";
const b = "https://b.example/";
const allowOrigin: Header = ["Access-Control-Allow-Origin", a];
const credentials: Header = ["Access-Control-Allow-Credentials", "true"];
const methods = (value: string): Header => ["Access-Control-Allow-Methods", value];
const names = (value: string): Header => ["Access-Control-Allow-Headers", value];

interface Row {
  readonly name: string;
  readonly init: PageRequestInit;
  readonly answer: readonly Header[];
  readonly status?: number;
  readonly engine?: Engine;
  readonly code?: string;
}

const withToken = { headers: { authorization: "Bearer t" } };
const withName = { headers: { "x-a": "1" } };
const rows: readonly Row[] = [
  { name: "the method is named", init: { method: "PUT" }, answer: [methods("GET, PUT")] },
  { name: "empty members are passed over", init: { method: "PUT" }, answer: [methods(",,PUT , ")] },
  { name: "the method is on a second line", init: { method: "PUT" }, answer: [methods("GET"), methods("PUT")] },
  { name: "put is PUT", init: { method: "put" }, answer: [methods("PUT")] },
  { name: "patch is not PATCH", init: { method: "patch" }, answer: [methods("PATCH")], code: "method-case-mismatch" },
  { name: "the case differs", init: { method: "PUT" }, answer: [methods("put")], code: "method-case-mismatch" },
  { name: "the method is not named", init: { method: "PUT" }, answer: [methods("GET")], code: "method-not-allowed" },
  { name: "any method", init: { method: "PUT" }, answer: [methods("*")] },
  {
    name: "any method, with credentials",
    init: { method: "PUT", credentials: "include" },
    answer: [credentials, methods("*")],
    code: "method-wildcard-with-credentials",
  },
  {
    name: "a method list that is none",
    init: { method: "PUT" },
    answer: [methods("PUT;GET")],
    code: "invalid-allow-methods",
  },
  {
    name: "a method list that is none, for GET",
    init: withName,
    answer: [methods("a b"), names("x-a")],
    code: "invalid-allow-methods",
  },
  { name: "the header is named in another case", init: withName, answer: [names("X-A")] },
  { name: "the header is not named", init: withName, answer: [names("x-b")], code: "header-not-allowed" },
  { name: "a header list that is none", init: withName, answer: [names("x-a x-b")], code: "invalid-allow-headers" },
  { name: "any header", init: withName, answer: [names("*")] },
  {
    name: "any header, with credentials",
    init: { ...withName, credentials: "include" },
    answer: [credentials, names("*")],
    code: "header-wildcard-with-credentials",
  },
  {
    name: "any header does not cover Authorization",
    init: withToken,
    answer: [names("*")],
    code: "header-authorization-not-covered-by-wildcard",
  },
  { name: "any header covers Authorization in Chromium", init: withToken, answer: [names("*")], engine: "chromium" },
  { name: "status 299", init: withName, answer: [names("x-a")], status: 299 },
  { name: "status 404", init: withName, answer: [names("x-a")], status: 404, code: "preflight-status-not-ok" },
  {
    name: "a redirect",
    init: withName,
    answer: [["Location", "/x"], names("x-a")],
    status: 301,
    code: "preflight-redirect",
  },
];

describe("the preflight's answer", () => {
  test.each(rows)("$name", async ({ init, answer, status = 204, engine = "standard", code }) => {
    const preflight = { status, headers: [allowOrigin, ...answer] };
    const server = scriptedServer({ [b]: { headers: [allowOrigin, credentials], preflight } });
    const trace = await openPage({ origin: a, engine, transport: server.transport }).trace(b, init);
    expect(trace.outcome === "error" ? trace.code : undefined).toBe(code);
    expect(server.requests).toHaveLength(code === undefined ? 2 : 1);
  });

  test.each<readonly [Engine, string]>([
    ["standard", "preflight-missing-allow-origin"],
    ["chromium", "preflight-redirect"],
    ["firefox", "preflight-missing-allow-origin"],
    ["webkit", "preflight-redirect"],
  ])("that fails in two ways fails in the order of %s", async (engine, code) => {
    const preflight = { status: 302, headers: [["Location", "/login"]] as const };
    const page = openPage({ origin: a, engine, transport: scriptedServer({ [b]: { preflight } }).transport });
    expect(await page.trace(b, { method: "DELETE" })).toMatchObject({ outcome: "error", code });
  });
});

test.each<readonly [Engine, string]>([
  ["standard", "invalid-allow-headers"],
  ["chromium", "invalid-allow-headers"],
  ["firefox", "method-not-allowed"],
])("of a refused method and a header list that is none, %s tells %s", async (engine, code) => {
  const preflight = { headers: [allowOrigin, methods("DELETE"), names("x-a x-b")] };
  const server = scriptedServer({ [b]: { headers: [allowOrigin], preflight } });
  const trace = await openPage({ origin: a, engine, transport: server.transport }).trace(b, { method: "PUT" });
  expect(trace).toMatchObject({ outcome: "error", code });
});

describe("what a preflight permitted", () => {
  const answer = (maxAge?: string): readonly Header[] => [
    allowOrigin,
    methods("PUT"),
    ...(maxAge === undefined ? [] : [["Access-Control-Max-Age", maxAge] as const]),
  ];

  async function preflights(
    maxAge: string | undefined,
    seconds: number,
    engine: Engine = "standard",
    second: PageRequestInit = { method: "PUT" },
  ): Promise<number> {
    let now = 0;
    const server = scriptedServer({ [b]: { headers: [allowOrigin], preflight: { headers: answer(maxAge) } } });
    const page = openPage({ origin: a, engine, transport: server.transport, now: () => now });
    await page.trace(b, { method: "PUT" });
    now = seconds * 1000;
    await page.trace(b, second);
    return server.requests.filter(({ method }) => method === "OPTIONS").length;
  }

  test.each<readonly [string, string | undefined, number, Engine, number]>([
    ["is kept for 5 seconds", undefined, 4, "standard", 1],
    ["is gone after 5 seconds", undefined, 6, "standard", 2],
    ["is kept for its time", "60", 59, "standard", 1],
    ["is gone after its time", "60", 61, "standard", 2],
    ["is not kept for 0 seconds", "0", 0, "standard", 2],
    ["is kept for 600 seconds at the most by WebKit", "86400", 601, "webkit", 2],
    ["is kept for 7200 seconds at the most by Chromium", "86400", 7201, "chromium", 2],
    ["is kept longer by the standard", "86400", 7201, "standard", 1],
    ["is kept for 5 seconds when the time can not be read", "abc", 4, "standard", 1],
    ["is not kept by Firefox when the time can not be read", "abc", 4, "firefox", 2],
  ])("%s", async (_, maxAge, seconds, engine, count) => {
    expect(await preflights(maxAge, seconds, engine)).toBe(count);
  });

  test("serves no request with credentials", async () => {
    expect(await preflights("60", 1, "standard", { method: "PUT", credentials: "include" })).toBe(2);
  });

  test("serves no other header", async () => {
    expect(await preflights("60", 1, "standard", { method: "PUT", headers: { "x-a": "1" } })).toBe(2);
  });

  test("serves no reload in Chromium", async () => {
    expect(await preflights("60", 1, "chromium", { method: "PUT", cache: "reload" })).toBe(2);
    expect(await preflights("60", 1, "webkit", { method: "PUT", cache: "reload" })).toBe(1);
  });

  test.each<readonly [Engine, number]>([
    ["standard", 2],
    ["firefox", 2],
    ["chromium", 1],
    ["webkit", 1],
  ])("when the request itself then fails, %s sends %i preflights for two requests", async (engine, count) => {
    const server = scriptedServer({ [b]: { preflight: { headers: answer("60") } } });
    const page = openPage({ origin: a, engine, transport: server.transport });
    await page.trace(b, { method: "PUT" });
    await page.trace(b, { method: "PUT" });
    expect(server.requests.filter(({ method }) => method === "OPTIONS")).toHaveLength(count);
  });
});
