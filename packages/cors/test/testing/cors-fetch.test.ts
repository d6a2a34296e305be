import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { corsFetch, installFetch, type ServersByOrigin, transportFromPolicy } from "../../src/testing/index.ts";

const app = "https://app.example";
const policy = { allowOrigins: [app] };
const servers: ServersByOrigin = {
  "https://api.example": transportFromPolicy(policy, { body: "api" }),
  "https://other.example": () => new Response("other"),
  "https://alone.example": policy,
};
const codeOf = (error: unknown): unknown => (error as { readonly cause?: { readonly code?: unknown } }).cause?.code;
const outcome = (fetching: Promise<Response>): Promise<unknown> => fetching.then((response) => response.text(), codeOf);

const closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.splice(0)) close();
});

/** A server that listens, answers with the path and allows everybody. */
async function listen(): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader("Access-Control-Allow-Origin", "*").end(request.url);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closings.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a fetch of a page", () => {
  test.each([
    ["https://api.example/orders", "api"],
    ["https://other.example/", "missing-allow-origin"],
    ["https://alone.example/", ""],
    ["https://elsewhere.example/", "server-down"],
  ])("of servers by their origins: %s", async (url, expected) => {
    expect(await outcome(corsFetch({ origin: app, servers })(url))).toBe(expected);
  });

  test("of one server, whatever the URL", async () => {
    const fetch = corsFetch({ origin: app, server: transportFromPolicy(policy, { body: "x" }) });
    expect([await outcome(fetch("https://one.example/")), await outcome(fetch("https://two.example/"))]).toEqual([
      "x",
      "x",
    ]);
  });

  test("of a server that listens, which relative URLs lead to", async () => {
    const fetch = corsFetch({ origin: "http://localhost:5173", server: await listen() });
    expect(await outcome(fetch("/orders?x=1"))).toBe("/orders?x=1");
  });

  test("of a server that listens and stands for another", async () => {
    const fetch = corsFetch({ origin: app, servers: { "https://api.example": await listen() } });
    expect(await outcome(fetch("https://api.example/orders?x=1"))).toBe("/orders?x=1");
  });

  test("that lets the rest out to the network", async () => {
    const url = await listen();
    const fetch = corsFetch({ origin: "http://app.example", servers, elsewhere: "network" });
    expect(await outcome(fetch(`${url}/out`))).toBe("/out");
    expect(await outcome(corsFetch({ origin: "http://app.example" })(`${url}/out`))).toBe("/out");
  });

  test("that is handed a Request", async () => {
    const fetch = corsFetch({ origin: app, servers });
    expect(await outcome(fetch(new Request("https://api.example/", { method: "POST", body: "x" })))).toBe("api");
  });

  test("says which servers there are", async () => {
    const error = await corsFetch({ origin: app, servers })("https://elsewhere.example/").catch((thrown) => thrown);
    expect(error.message).toContain(
      "This test has no server at https://elsewhere.example. Servers are at: https://api.example, https://other.example, https://alone.example.",
    );
  });

  test.each<readonly [string, Parameters<typeof corsFetch>[0], string]>([
    [
      "an origin with a slash",
      { origin: app, servers: { "https://api.example/": policy } },
      'Write "https://api.example".',
    ],
    ["no origin", { origin: app, servers: { api: policy } }, 'servers: "api" is not the origin of a server.'],
    ["both", { origin: app, server: policy, servers }, "Give either server or servers, not both."],
    ["a page that is none", { origin: `${app}/`, server: policy }, "is not an origin"],
    [
      "an engine that is none",
      { origin: app, server: policy, engine: "netscape" as "webkit" },
      '"netscape" is not known',
    ],
  ])("is refused: %s", (_, options, message) => {
    expect(() => corsFetch(options)).toThrow(message);
  });
});

describe("a fetch in the place of the global one", () => {
  test("enforces CORS until it is restored", async () => {
    const before = globalThis.fetch;
    const installed = installFetch({ origin: app, servers });
    expect(globalThis.fetch).toBe(installed.fetch);
    expect(await outcome(fetch("https://other.example/"))).toBe("missing-allow-origin");
    installed.restore();
    expect(globalThis.fetch).toBe(before);
  });

  test("goes at the end of the block", () => {
    const before = globalThis.fetch;
    {
      using installed = installFetch({ origin: app, servers });
      expect(globalThis.fetch).toBe(installed.fetch);
    }
    expect(globalThis.fetch).toBe(before);
  });

  test("goes in the order in which it came, one over the other", async () => {
    const before = globalThis.fetch;
    const outer = installFetch({ origin: app, server: () => new Response("x") });
    const inner = installFetch({ origin: app, server: transportFromPolicy(policy, { body: "inner" }) });
    expect(await outcome(fetch("https://api.example/"))).toBe("inner");
    inner.restore();
    expect(await outcome(fetch("https://api.example/"))).toBe("missing-allow-origin");
    outer.restore();
    outer.restore();
    expect(globalThis.fetch).toBe(before);
  });

  test("hands on, if somebody kept it or put his own over it", async () => {
    const real = vi.fn(async () => new Response("real"));
    vi.stubGlobal("fetch", real);
    const installed = installFetch({ origin: app, servers });
    const theirs = vi.fn();
    globalThis.fetch = theirs;
    installed.restore();
    expect(globalThis.fetch).toBe(theirs);
    expect(await outcome(installed.fetch("https://other.example/"))).toBe("real");
    vi.unstubAllGlobals();
  });

  test("leaves what was there, if it can not be made", () => {
    const before = globalThis.fetch;
    expect(() => installFetch({ origin: "app", servers })).toThrow("is not an origin");
    expect(globalThis.fetch).toBe(before);
  });
});
