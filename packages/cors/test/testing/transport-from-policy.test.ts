import { describe, expect, test, vi } from "vitest";
import { cors } from "../../src/adapters/fetch.ts";
import type { PolicySource } from "../../src/adapters/policy-source.ts";
import { type Header, openPage, type PageRequestInit, type Trace } from "../../src/browser/index.ts";
import type { PolicyInput } from "../../src/index.ts";
import { transportFromHandler, transportFromPolicy } from "../../src/testing/index.ts";

const app = "https://app.example";
const api = "https://api.example/orders";

const policies: Readonly<Record<string, PolicyInput>> = {
  named: { allowOrigins: [app], allowCredentials: true, allowMethods: ["PUT"], allowHeaders: ["x-a"], maxAge: 60 },
  exposing: { allowOrigins: [app], exposeHeaders: ["x-b"] },
  any: { allowOrigins: "*", allowMethods: "*", allowHeaders: "*", exposeHeaders: "*" },
  protected: { allowOrigins: [app], crossOriginProtection: true },
  old: { allowOrigins: [app], allowMethods: ["PUT"], preflightStatus: 200 },
  looked: { originLookup: { find: async (origin) => origin === app } },
};
const origins = [app, "https://evil.example", "null", "https://api.example"];
const asked: readonly PageRequestInit[] = [
  {},
  { method: "HEAD" },
  { method: "PUT", headers: { "X-A": "1" }, credentials: "include" },
  { method: "DELETE" },
  { method: "PUT", headers: { "X-C": "1" } },
  { method: "POST", body: "x" },
  { method: "OPTIONS" },
  { headers: { Authorization: "Bearer x" } },
];
const answer: readonly Header[] = [
  ["Content-Type", "text/plain"],
  ["X-B", "1"],
  ["Vary", "Accept"],
  ["Access-Control-Allow-Origin", "*"],
  ["Access-Control-Expose-Headers", "X-B, *"],
];

/** What else an adapter takes for a policy. */
const sources: Readonly<Record<string, PolicySource>> = {
  ...policies,
  "none at all": false,
  "by route": { policy: { allowOrigins: "*" }, routes: [{ path: "/orders", policy: policies["named"] ?? false }] },
  "by route, and none here": { policy: { allowOrigins: "*" }, routes: [{ path: "/orders", policy: false }] },
  "by route, read in two ways": { policy: { allowOrigins: "*" }, routes: [{ path: "/Orders", policy: false }] },
  chosen: ({ host, path, query }) =>
    host === "api.example" && path === "/orders" && query === "" ? { allowOrigins: [app] } : false,
  "chosen later": async () => ({ allowOrigins: [app], allowMethods: ["DELETE"] }),
  "chosen, but it fails": () => {
    throw new Error("no tenant");
  },
};

describe("S99: a policy alone answers as the adapter does", () => {
  const rows = Object.keys(sources).flatMap((name) => origins.map((origin) => [name, origin] as const));

  test.each(rows)("%s, to a page of %s", async (name, origin) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const policy = sources[name] ?? false;
    const alone = transportFromPolicy(policy, { status: 201, headers: answer, body: "made" });
    const handler = () => new Response("made", { status: 201, headers: answer.map(([...pair]) => pair) });
    const adapted = transportFromHandler(cors(policy, { onConflict: () => undefined })(handler));
    for (const init of asked) {
      const [ours, theirs] = [alone, adapted].map((transport) => openPage({ origin, transport }).trace(api, init));
      expect(comparable(await ours)).toEqual(comparable(await theirs));
    }
  });
});

/** Names of headers have a case here, and none in the other; what frames the body is the other's own. */
function comparable(trace: Trace | undefined) {
  if (trace === undefined) return undefined;
  const exchanges = trace.exchanges.map(({ response, ...rest }) => {
    const lines = (response?.headers ?? []).map(([name, value]) => `${name.toLowerCase()}: ${value}`);
    return {
      ...rest,
      status: response?.status,
      lines: lines.filter((line) => !line.startsWith("content-length")).sort(),
    };
  });
  return { ...trace, exchanges };
}

describe("the application behind the policy", () => {
  test("answers by what it is asked, and never sees a preflight", async () => {
    const seen: string[] = [];
    const transport = transportFromPolicy({ allowOrigins: [app], allowMethods: ["PUT"] }, async ({ method, url }) => {
      seen.push(`${method} ${url}`);
      return { status: 404, body: "none" };
    });
    const response = await openPage({ origin: app, transport }).fetch(api, { method: "PUT" });
    expect([response.status, await response.text()]).toEqual([404, "none"]);
    expect(seen).toEqual([`PUT ${api}`]);
  });

  test("is an empty 200 if nobody says", async () => {
    const response = await openPage({ origin: app, transport: transportFromPolicy({ allowOrigins: "*" }) }).fetch(api);
    expect([response.status, await response.text(), [...response.headers]]).toEqual([200, "", []]);
  });

  test("gives no answer if it throws", async () => {
    const transport = transportFromPolicy({ allowOrigins: "*" }, () => {
      throw Object.assign(new Error("gone"), { code: "ECONNRESET" });
    });
    expect(await openPage({ origin: app, transport }).trace(api)).toMatchObject({ code: "connection-broken" });
  });

  test("a policy with a mistake is none", () => {
    expect(() => transportFromPolicy({ allowOrigins: [`${app}/`] })).toThrow(/no trailing slash/);
  });
});
