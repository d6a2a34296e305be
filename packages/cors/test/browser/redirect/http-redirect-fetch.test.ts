import { describe, expect, test } from "vitest";
import { type Header, openPage, type PageRequestInit } from "../../../src/browser/index.ts";
import { header, type Route, scriptedServer } from "../scripted-server.ts";

const a = "https://a.example";
const b = "https://b.example";
const c = "https://c.example";
const any: Header = ["Access-Control-Allow-Origin", "*"];
const to = (location: string, status = 302): Route => ({ status, headers: [any, ["Location", location]] });

async function run(routes: Readonly<Record<string, Route>>, url: string, init: PageRequestInit = {}) {
  const server = scriptedServer(routes);
  const trace = await openPage({ origin: a, transport: server.transport }).trace(url, init);
  return { server, trace, code: trace.outcome === "error" ? trace.code : undefined };
}

describe("Origin", () => {
  test.each([
    ["stays on one other origin", `${b}/1`, { [`${b}/1`]: to("/2") }, [a, a]],
    ["stays from the page's own origin", `${a}/1`, { [`${a}/1`]: to(`${b}/2`) }, [undefined, a]],
    ["is null from a second origin to a third", `${b}/1`, { [`${b}/1`]: to(`${c}/2`) }, [a, "null"]],
    ["is null from another origin back home", `${b}/1`, { [`${b}/1`]: to(`${a}/2`) }, [a, "null"]],
  ])("%s", async (_, url, routes, origins) => {
    const { server } = await run(routes, url);
    expect(server.requests.map((request) => header(request, "origin"))).toEqual(origins);
  });
});

describe("a redirect fails", () => {
  test.each<readonly [string, Route, PageRequestInit, string]>([
    ["without CORS headers", { status: 302, headers: [["Location", "/2"]] }, {}, "missing-allow-origin"],
    ["to a URL with a password", to("https://u:p@c.example/"), {}, "redirect-contains-credentials"],
    ["home to a URL with a user name", to("https://u@a.example/"), {}, "redirect-contains-credentials"],
    ["to data:", to("data:,x"), {}, "redirect-non-http-scheme"],
    ["to no URL", to("http://["), {}, "redirect-invalid-location"],
    [
      "to two places",
      { status: 302, headers: [any, ["Location", "/2"], ["Location", "/2"]] },
      {},
      "redirect-invalid-location",
    ],
    ["to itself for ever", to("/1"), {}, "redirect-too-many"],
    ["when the page wants none", to("/2"), { redirect: "error" }, "redirect-not-followed"],
    ["to a blocked port", to("https://b.example:6667/"), {}, "unsafe-port"],
    ["to http: from a page of https:", to("http://b.example/2"), {}, "mixed-content"],
  ])("%s", async (_, route, init, code) => {
    expect((await run({ [`${b}/1`]: route }, `${b}/1`, init)).code).toBe(code);
  });

  test("in mode same-origin, to another origin", async () => {
    const { code } = await run({ [`${a}/1`]: to(`${b}/2`) }, `${a}/1`, { mode: "same-origin" });
    expect(code).toBe("disallowed-by-mode");
  });

  test("with a streamed body", async () => {
    const preflight = { headers: [any] };
    const body = new Blob(["x"]).stream();
    const { code } = await run({ [`${b}/1`]: { ...to("/2", 307), preflight } }, `${b}/1`, {
      method: "POST",
      body,
      duplex: "half",
    });
    expect(code).toBe("redirect-body-not-replayable");
  });
});

test("the page's origin no longer counts once Origin is null", async () => {
  const own = { headers: [["Access-Control-Allow-Origin", a]] } as const;
  const { code } = await run({ [`${b}/1`]: to(`${c}/2`), [`${c}/2`]: own }, `${b}/1`);
  expect(code).toBe("redirect-origin-becomes-null");
});

test("20 redirects are followed", async () => {
  const hops = Array.from({ length: 20 }, (_, at) => [`${b}/${at}`, to(`/${at + 1}`)] as const);
  const { trace } = await run({ ...Object.fromEntries(hops), [`${b}/20`]: { headers: [any] } }, `${b}/0`);
  expect(trace).toMatchObject({ outcome: "ok", response: { redirected: true, url: `${b}/20` } });
});

test("a status without Location is no redirect", async () => {
  const { trace } = await run({ [`${b}/1`]: { status: 302, headers: [any] } }, `${b}/1`);
  expect(trace).toMatchObject({ outcome: "ok", response: { status: 302, redirected: false } });
});

test("a redirect that the page wants to see is opaque", async () => {
  const { trace, server } = await run({ [`${b}/1`]: to("/2") }, `${b}/1`, { redirect: "manual" });
  expect(trace).toMatchObject({ outcome: "ok", response: { type: "opaqueredirect", status: 0, headers: [] } });
  expect(server.requests).toHaveLength(1);
});

describe("the method", () => {
  test.each([
    ["POST", 301, "GET"],
    ["POST", 302, "GET"],
    ["POST", 303, "GET"],
    ["POST", 307, "POST"],
    ["POST", 308, "POST"],
    ["HEAD", 303, "HEAD"],
    ["PUT", 302, "PUT"],
    ["PUT", 303, "GET"],
  ])("%s becomes after %i: %s", async (method, status, after) => {
    const { server } = await run({ [`${a}/1`]: to("/2", status) }, `${a}/1`, { method });
    expect(server.requests.map((request) => request.method)).toEqual([method, after]);
  });

  test("takes the body and its headers along when it becomes GET", async () => {
    const init = { method: "POST", body: "x", headers: { "content-language": "de" } };
    const { server } = await run({ [`${a}/1`]: to("/2", 303) }, `${a}/1`, init);
    expect(header(server.requests[0], "content-type")).toBe("text/plain;charset=UTF-8");
    const [, second] = server.requests;
    expect([second?.body, header(second, "content-type"), header(second, "content-language")]).toEqual([
      null,
      undefined,
      undefined,
    ]);
  });
});

test("Authorization does not go to another origin", async () => {
  const headers = { authorization: "Bearer t" };
  const { server } = await run({ [`${a}/1`]: to("/2"), [`${a}/2`]: to(`${b}/3`) }, `${a}/1`, { headers });
  const sent = server.requests.map((request) => header(request, "authorization"));
  expect(sent).toEqual(["Bearer t", "Bearer t", undefined]);
});

test("a fragment is kept and not sent", async () => {
  const { server, trace } = await run({ [`${a}/1`]: to("/2") }, `${a}/1#part`);
  expect(server.sent()).toEqual([`GET ${a}/1`, `GET ${a}/2`]);
  expect(trace).toMatchObject({ response: { url: `${a}/2` } });
});
