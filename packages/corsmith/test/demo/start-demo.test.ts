import { checkPolicy } from "@corsmith/cors";
import { afterEach, describe, expect, test } from "vitest";
import { type Demo, startDemo } from "../../src/demo/start-demo.ts";

const running: Demo[] = [];

async function start(): Promise<Demo> {
  const demo = await startDemo({ slowMs: 10, betweenEventsMs: 1 });
  running.push(demo);
  return demo;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((demo) => demo.close()));
});

describe("the demo", () => {
  test("has three origins on one loopback host", async () => {
    const { upstream, allowedPage, refusedPage } = await start();
    const origins = [upstream, allowedPage, refusedPage].map((url) => url.origin);
    expect(new Set(origins).size).toBe(3);
    for (const origin of origins) expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test("has a policy without a mistake, for the exact origin of one page", async () => {
    const { policy, allowedPage } = await start();
    expect(checkPolicy(policy)).toEqual([]);
    expect(policy).toEqual({
      allowOrigins: [allowedPage.origin],
      allowCredentials: true,
      allowMethods: ["PUT", "DELETE"],
      allowHeaders: ["Content-Type", "Idempotency-Key"],
      exposeHeaders: ["X-Request-Id", "X-Total-Count"],
      maxAge: 600,
    });
  });

  test("runs twice at the same time, and closes", async () => {
    const [first, second] = [await start(), await start()];
    expect(second.allowedPage.href).not.toBe(first.allowedPage.href);
    await first.close();
    await expect(fetch(first.allowedPage)).rejects.toThrow();
    expect((await fetch(second.allowedPage)).status).toBe(200);
  });
});

describe("the page", () => {
  test.each([
    ["/", "text/html; charset=utf-8"],
    ["/index.html", "text/html; charset=utf-8"],
    ["/page.css", "text/css; charset=utf-8"],
    ["/page.js", "text/javascript; charset=utf-8"],
    ["/favicon.svg", "image/svg+xml"],
  ])("%s is served on both origins", async (path, type) => {
    const { allowedPage, refusedPage } = await start();
    for (const origin of [allowedPage, refusedPage]) {
      const response = await fetch(new URL(path, origin));
      expect([response.status, response.headers.get("Content-Type")]).toEqual([200, type]);
      expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    }
  });

  test("allows no script but its own files, and requests to the gateway alone", async () => {
    const demo = await start();
    demo.announce(new URL("http://127.0.0.1:8080/"));
    const response = await fetch(demo.allowedPage);
    expect(response.headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' http://127.0.0.1:8080; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    expect(await response.text()).not.toMatch(/<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|https?:\/\/(?!www\.w3\.org)/i);
  });

  test.each([
    ["is not there yet", undefined, null],
    ["is what was announced", "http://127.0.0.1:8080/", "http://127.0.0.1:8080"],
    ["goes by the pages' host where it listens on every address", "http://0.0.0.0:8080/", "http://127.0.0.1:8080"],
    ["goes by the pages' host where it listens on every IPv6 address", "http://[::]:8080/", "http://127.0.0.1:8080"],
  ])("learns the gateway's address: it %s", async (_name, gateway, api) => {
    const demo = await start();
    if (gateway !== undefined) demo.announce(new URL(gateway));
    expect(await (await fetch(new URL("/demo.json", demo.refusedPage))).json()).toEqual({
      api,
      allowedOrigin: demo.allowedPage.origin,
      refusedOrigin: demo.refusedPage.origin,
    });
  });

  test.each([
    ["a file that is not the page's", "GET", "/../package.json", 404],
    ["a path that leaves the folder", "GET", "/%2e%2e/package.json", 404],
    ["a POST", "POST", "/", 405],
  ])("refuses %s", async (_name, method, path, status) => {
    const { allowedPage } = await start();
    expect((await fetch(`${allowedPage.origin}${path}`, { method })).status).toBe(status);
  });
});
