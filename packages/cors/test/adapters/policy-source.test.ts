import { describe, expect, test, vi } from "vitest";
import type { AdapterOptions } from "../../src/adapters/adapter-options.ts";
import { type AnswerRequest, corsOf, host } from "../../src/adapters/host.ts";
import type { PolicySource } from "../../src/adapters/policy-source.ts";
import { type Answer, definePolicy, type PolicyInput } from "../../src/index.ts";

const app = "https://app.example.com";
const other = "https://other.example";
const closed: PolicyInput = { allowOrigins: [app], allowCredentials: true, crossOriginProtection: true };
const open: PolicyInput = { allowOrigins: "*" };

function answerBy(source: PolicySource, options: AdapterOptions = {}): AnswerRequest {
  return corsOf(host((answer) => answer))(source, options);
}

/** What is answered to a page of another origin that asks for this path. */
function ask(answer: AnswerRequest, url: string, facts = {}): Answer | Promise<Answer> {
  return answer(
    { method: "GET", origin: other, host: "api.example.com", ...facts },
    { request: { rawHeaders: [], url } },
  );
}

const untouched: Answer = { status: undefined, headers: [], vary: undefined, untouched: true };
const granted: Partial<Answer> = { headers: [["Access-Control-Allow-Origin", "*"]] };

describe("policies by route", () => {
  const answer = answerBy({
    policy: closed,
    routes: [
      { path: "/public", policy: open },
      { path: "/own", policy: false },
    ],
    basePath: "/prod",
  });

  test.each<readonly [string, string, Partial<Answer>]>([
    ["a route's policy", "/public/fonts?x=/own", granted],
    ["the same behind the base path", "/prod/public", granted],
    ["the policy beside the routes", "/private", { headers: [], vary: "Origin" }],
    ["what only looks like the route", "/publicity", { headers: [], vary: "Origin" }],
    ["no policy", "/own/x", untouched],
    ["no policy, behind the base path", "/prod/own/x", untouched],
    ["a path that may be of either route: nothing", "/public/../own", { headers: [], vary: "Origin" }],
    ["an encoded base path: nothing", "/%70rod/public", { headers: [], vary: "Origin" }],
    ["an absolute target", "http://api.example.com/public", granted],
  ])("%s", (_, url, expected) => {
    expect(ask(answer, url)).toMatchObject(expected);
  });

  test("a path that may be of either route stays protected where any policy protects", () => {
    expect(ask(answer, "/public/../own", { method: "POST" })).toMatchObject({ status: 403 });
  });

  test("what a mounted application sees of the path does not count", () => {
    const request = { rawHeaders: [], url: "/public", originalUrl: "/private/public" };
    expect(answer({ method: "GET", origin: other }, { request })).toMatchObject({ headers: [] });
  });

  test.each<readonly [string, unknown, readonly string[]]>([
    ["a policy with a mistake", { policy: { allowOrigins: ["example.com"] }, routes: [] }, ["policy.allowOrigins[0]"]],
    [
      "mistakes in several places, all at once",
      {
        policy: closed,
        routes: [
          { path: "public", policy: open },
          { path: "/x", policy: { maxAge: -1 } },
        ],
        base: "/p",
      },
      ["base", "routes[1].policy.allowOrigins", "routes[1].policy.maxAge", "routes[0].path"],
    ],
    ["a route without a policy", { policy: closed, routes: [{ path: "/public" }] }, ["routes[0].policy"]],
    ["a route without a path", { policy: closed, routes: [{ policy: open }] }, ["routes[0].path"]],
    ["no policy beside the routes", { routes: [{ path: "/public", policy: open }] }, ["policy"]],
    ["routes that are not a list", { policy: closed, routes: { "/public": open } }, ["routes"]],
    ["a base path that is not one", { policy: closed, routes: [], basePath: "/" }, ["basePath"]],
    [
      "a route that the base path makes the same as another",
      {
        policy: closed,
        routes: [
          { path: "/prod/x", policy: open },
          { path: "/x", policy: open },
        ],
        basePath: "/prod",
      },
      ["routes[1].path"],
    ],
  ])("%s stops the start", (_, source, paths) => {
    let findings: readonly { readonly path: string }[] = [];
    try {
      answerBy(source as PolicySource);
    } catch (error) {
      findings = (error as { readonly findings: typeof findings }).findings;
    }
    expect(findings.map(({ path }) => path).sort()).toEqual([...paths].sort());
  });
});

describe("a policy of false", () => {
  test.each<readonly [string, object]>([
    ["a request", {}],
    ["a preflight", { method: "OPTIONS", requestMethod: "PUT" }],
    ["an upgrade", { upgrade: true }],
    ["an unsafe request", { method: "POST", fetchSite: "cross-site" }],
  ])("%s goes to the application, and its answer stays as it is", (_, facts) => {
    expect(ask(answerBy(false), "/", facts)).toEqual(untouched);
  });
});

describe("a function that chooses", () => {
  test("sees the host, the path and the query, and nothing else", () => {
    const choose = vi.fn<(request: object) => PolicyInput>(() => open);
    expect(
      ask(
        answerBy((request) => choose(request)),
        "/a%20b?x=1#f",
        { host: "API.Example.com" },
      ),
    ).toMatchObject(granted);
    expect(choose).toHaveBeenCalledWith({ host: "api.example.com", path: "/a%20b", query: "x=1" });
  });

  test.each<readonly [string, PolicySource]>([
    ["what a policy is made of", () => open],
    ["a policy", () => definePolicy(open)],
    ["a promise", async () => open],
  ])("may return %s", async (_, source) => {
    expect(await ask(answerBy(source), "/")).toMatchObject(granted);
  });

  test("may return false", () => {
    expect(
      ask(
        answerBy(() => false),
        "/",
      ),
    ).toEqual(untouched);
  });

  test.each<readonly [string, unknown]>([
    [
      "throws",
      () => {
        throw new Error("no such tenant");
      },
    ],
    ["rejects", async () => Promise.reject(new Error("no such tenant"))],
    ["returns a policy with a mistake", () => ({ allowOrigins: ["example.com"] })],
    ["returns nothing", () => undefined],
    ["returns null", () => null],
    ["returns what JSON cannot hold", () => ({ allowOrigins: "*", maxAge: 1n })],
  ])("%s: nothing is granted, unsafe requests are refused, and it is reported once", async (_, source) => {
    const onError = vi.fn();
    const answer = answerBy(source as PolicySource, { onError });
    expect(await ask(answer, "/")).toMatchObject({ status: undefined, headers: [], vary: "Origin" });
    expect(await ask(answer, "/", { method: "POST" })).toMatchObject({ status: 403 });
    expect(onError).toHaveBeenCalledTimes(1);
  });

  test("a callback in the manner of other packages stops the start", () => {
    const delegate = (_request: unknown, _callback: unknown): PolicyInput => open;
    expect(() => answerBy(delegate as unknown as PolicySource)).toThrow(/one argument/);
  });

  test("a policy with a lookup is kept for the object that it is, and its cache with it", async () => {
    const find = vi.fn(() => true);
    const tenant: PolicyInput = { originLookup: { find } };
    const answer = answerBy(() => tenant);
    await ask(answer, "/");
    await ask(answer, "/");
    expect(find).toHaveBeenCalledTimes(1);
  });

  test("more tenants than are kept are all served right", () => {
    const answer = answerBy(({ host }) => ({ allowOrigins: [`https://${host}`] }));
    for (let tenant = 0; tenant < 2_500; tenant += 1) {
      const name = `t${tenant % 1_250}.example`;
      const { headers } = ask(answer, "/", { host: name, origin: `https://${name}` }) as Answer;
      expect(headers[0]).toEqual(["Access-Control-Allow-Origin", `https://${name}`]);
    }
  });
});

describe("a request whose headers cannot be read", () => {
  test("is refused, whatever the policy", () => {
    for (const source of [open, closed]) {
      const answer = answerBy(source)(undefined, { request: { method: "POST" } });
      expect(answer).toMatchObject({ status: 403, headers: [], body: { text: expect.stringContaining("malformed") } });
    }
  });
});
