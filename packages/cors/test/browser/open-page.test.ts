import { describe, expect, test } from "vitest";
import { type CookieContext, type Header, openPage, type PageRequestInit } from "../../src/browser/index.ts";
import { header, scriptedServer } from "./scripted-server.ts";

const a = "https://a.example";
const b = "https://b.example/";
const any: Header = ["Access-Control-Allow-Origin", "*"];

describe("a request that can not be made", () => {
  test.each<readonly [string, string, unknown, string]>([
    ["no URL", "http://[", {}, "invalid-url"],
    ["a URL with a password", "https://u:p@b.example/", {}, "url-contains-credentials"],
    ["a method that is no token", b, { method: "B AD" }, "invalid-method"],
    ["trace", b, { method: "trace" }, "forbidden-method"],
    ["a header name with a blank", b, { headers: [["x a", "1"]] }, "invalid-header"],
    ["a header value with a line end", b, { headers: [["x", "1\n2"]] }, "invalid-header"],
    ["a header value beyond bytes", b, { headers: { x: "\u0100" } }, "invalid-header"],
    ["mode navigate", b, { mode: "navigate" }, "invalid-request-option"],
    ["a word that is no redirect mode", b, { redirect: "maybe" }, "invalid-request-option"],
    ["PUT in no-cors", b, { mode: "no-cors", method: "PUT" }, "no-cors-method-not-safelisted"],
    ["only-if-cached in cors", b, { cache: "only-if-cached" }, "only-if-cached-needs-same-origin"],
    ["GET with a body", b, { body: "x" }, "body-not-allowed"],
    ["a stream without duplex", b, { method: "POST", body: new Blob([]).stream() }, "stream-body-not-allowed"],
  ])("%s", async (_, url, init, code) => {
    const server = scriptedServer({});
    const page = openPage({ origin: a, transport: server.transport });
    expect(await page.trace(url, init as PageRequestInit)).toMatchObject({ outcome: "error", code, exchanges: [] });
    expect(server.requests).toEqual([]);
  });
});

describe("a request that is not sent", () => {
  test.each<readonly [string, string, PageRequestInit, string]>([
    ["to a blocked port", "https://b.example:6667/", {}, "unsafe-port"],
    ["over http from a page of https", "http://b.example/", {}, "mixed-content"],
    ["to a file", "file:///x", {}, "cors-disabled-scheme"],
    ["to another origin in mode same-origin", b, { mode: "same-origin" }, "disallowed-by-mode"],
    ["in no-cors without following redirects", b, { mode: "no-cors", redirect: "error" }, "no-cors-redirect-mode"],
    ["from an empty cache", `${a}/`, { mode: "same-origin", cache: "only-if-cached" }, "not-in-cache"],
    ["after its signal was aborted", b, { signal: AbortSignal.abort() }, "request-aborted"],
  ])("%s", async (_, url, init, code) => {
    const server = scriptedServer({});
    const trace = await openPage({ origin: a, transport: server.transport }).trace(url, init);
    expect(trace).toMatchObject({ outcome: "error", code });
    expect(server.requests).toEqual([]);
  });
});

describe("what the page sees", () => {
  const headers: readonly Header[] = [
    ["Content-Type", "text/plain"],
    ["X-A", "1"],
    ["x-a", "2"],
    ["X-B", "3"],
    ["Set-Cookie", "s=1"],
  ];
  const seen = async (more: readonly Header[], init: PageRequestInit = {}, url = b) => {
    const server = scriptedServer({ [url]: { headers: [...headers, ...more] } });
    const trace = await openPage({ origin: a, transport: server.transport }).trace(url, init);
    return trace.outcome === "ok"
      ? [trace.response.type, ...trace.response.headers.map((line) => line.join(": "))]
      : [];
  };
  const expose = (value: string): Header => ["Access-Control-Expose-Headers", value];
  const include = { credentials: "include" } as const;
  const own: readonly Header[] = [
    ["Access-Control-Allow-Origin", a],
    ["Access-Control-Allow-Credentials", "true"],
  ];

  test("of its own origin: all but cookies", async () => {
    expect(await seen([], {}, `${a}/`)).toEqual(["basic", "content-type: text/plain", "x-a: 1, 2", "x-b: 3"]);
  });

  test("of another origin: the safelisted headers", async () => {
    expect(await seen([any])).toEqual(["cors", "content-type: text/plain"]);
  });

  test("and those that are exposed, never cookies", async () => {
    expect(await seen([any, expose("X-A, set-cookie")])).toEqual(["cors", "content-type: text/plain", "x-a: 1, 2"]);
  });

  test("and all of them when * is exposed", async () => {
    const lines = await seen([any, expose("*")]);
    expect(lines).toContain("x-b: 3");
    expect(lines.join()).not.toContain("s=1");
  });

  test("but not when credentials are included, where * is a name", async () => {
    expect(await seen([...own, expose("*")], include)).toEqual(["cors", "content-type: text/plain"]);
  });

  test("a list with a bad member exposes nothing", async () => {
    expect(await seen([any, expose("x-a, x b")])).toEqual(["cors", "content-type: text/plain"]);
  });

  test("in no-cors: nothing", async () => {
    expect(await seen([any], { mode: "no-cors" })).toEqual(["opaque"]);
  });
});

describe("fetch", () => {
  test("gives a Response that a script would see, and so does its clone", async () => {
    const server = scriptedServer({ [b]: { status: 404, headers: [any, ["X-A", "1"]], body: "gone" } });
    const response = await openPage({ origin: a, transport: server.transport }).fetch(b);
    const clone = response.clone();
    for (const one of [response, clone]) {
      expect(one).toBeInstanceOf(Response);
      expect([one.type, one.status, one.ok, one.url, one.redirected]).toEqual(["cors", 404, false, b, false]);
      expect(one.headers.get("x-a")).toBeNull();
      expect(await one.text()).toBe("gone");
    }
  });

  test("gives an opaque Response with status 0 and no body", async () => {
    const server = scriptedServer({ [b]: { body: "secret" } });
    const response = await openPage({ origin: a, transport: server.transport }).fetch(b, { mode: "no-cors" });
    expect([response.type, response.status, response.ok, response.url]).toEqual(["opaque", 0, false, ""]);
    expect(await response.text()).toBe("");
  });

  test.each([204, 205, 304])("gives no body with status %i", async (status) => {
    const server = scriptedServer({ [b]: { status, headers: [any], body: "x" } });
    const response = await openPage({ origin: a, transport: server.transport }).fetch(b);
    expect([response.status, response.body]).toEqual([status, null]);
  });

  test("rejects with a TypeError whose cause says code, step, message and fix", async () => {
    const page = openPage({ origin: a, transport: scriptedServer({ [b]: {} }).transport });
    const error: unknown = await page.fetch(b).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      name: "TypeError",
      cause: {
        code: "missing-allow-origin",
        step: "cors-check/allow-origin",
        message: "The response (status 200) has no Access-Control-Allow-Origin.",
        fix: expect.stringContaining("Access-Control-Allow-Origin"),
      },
    });
  });

  test("rejects with the signal's reason", async () => {
    const page = openPage({ origin: a, transport: scriptedServer({}).transport });
    await expect(page.fetch(b, { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
  });

  test("takes a Request, whose body needs no preflight", async () => {
    const server = scriptedServer({ [b]: { headers: [any] } });
    const request = new Request(b, { method: "POST", body: new URLSearchParams({ a: "1" }) });
    await openPage({ origin: a, transport: server.transport }).fetch(request);
    expect(server.sent()).toEqual([`POST ${b}`]);
    expect(header(server.requests[0], "content-type")).toContain("application/x-www-form-urlencoded");
    expect(new TextDecoder().decode(server.requests[0]?.body as Uint8Array)).toBe("a=1");
  });

  test("resolves a relative URL against the page", async () => {
    const server = scriptedServer({});
    await openPage({ origin: a, transport: server.transport, baseUrl: `${a}/app/` }).fetch("api");
    expect(server.sent()).toEqual([`GET ${a}/app/api`]);
  });
});

describe("cookies", () => {
  const run = async (url: string, init: PageRequestInit, origin = a) => {
    const asked: CookieContext["sameSiteContext"][] = [];
    const kept: string[] = [];
    const cookieJar = {
      async getCookieString(_: string, context: CookieContext) {
        asked.push(context.sameSiteContext);
        return "s=1";
      },
      async setCookie(line: string) {
        kept.push(line);
      },
    };
    const headers: readonly Header[] = [
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
    ];
    const server = scriptedServer({ [url]: { headers } });
    await openPage({ origin, transport: server.transport, cookieJar }).trace(url, init);
    return { asked, kept, sent: header(server.requests[0], "cookie") };
  };

  test.each([
    ["go home by default", `${a}/`, {}, "strict", "s=1"],
    ["do not go home when omitted", `${a}/`, { credentials: "omit" }, undefined, undefined],
    ["do not go elsewhere by default", b, {}, undefined, undefined],
    ["go elsewhere when included, as another site's", b, { credentials: "include" }, "none", "s=1"],
    ["go to the same site as its own", "https://x.a.example/", { credentials: "include" }, "strict", "s=1"],
    ["in no-cors go by the credentials mode alone", b, { mode: "no-cors" }, undefined, undefined],
  ] as const)("%s", async (_, url, init, context, sent) => {
    const result = await run(url, init, url.includes("x.a.") ? "https://www.a.example" : a);
    expect([result.asked[0], result.sent]).toEqual([context, sent]);
    expect(result.kept).toEqual(sent === undefined ? [] : ["a=1", "b=2"]);
  });
});

test("a jar that throws makes the fetch fail, and no trace reject", async () => {
  const cookieJar = {
    getCookieString: () => Promise.reject(new Error("jar is shut")),
    setCookie: () => Promise.resolve(),
  };
  const page = openPage({ origin: a, transport: scriptedServer({}).transport, cookieJar });
  expect(await page.trace(`${a}/`)).toMatchObject({ outcome: "error", code: "opaque-network-error" });
});

test.each(["https://a.example/", "a.example", "https://A.example", "*"])("%s is not an origin", (origin) => {
  expect(() => openPage({ origin })).toThrow(/is not an origin\. Write scheme:\/\/host\[:port\], or "null"\./);
});
