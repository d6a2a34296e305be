import { setTimeout as delay } from "node:timers/promises";
import { definePolicy } from "@corsmith/cors";
import { describe, expect, test } from "vitest";
import { LineLimiter, otherKinds } from "../../../src/gateway/record/line-limiter.ts";
import { closingAfterEach } from "../support/closing.ts";
import { ask, RawClient } from "../support/raw-client.ts";
import { startRecordingUpstream } from "../support/recording-upstream.ts";
import {
  allowedOrigin,
  recordingLog,
  refusedOrigin,
  startTestGateway,
  type TestGatewayOptions,
} from "../support/start-test-gateway.ts";

const closing = closingAfterEach();

async function start(options: TestGatewayOptions = {}) {
  const upstream = closing(await startRecordingUpstream());
  const { log, lines } = recordingLog();
  const gateway = closing(await startTestGateway(upstream.url, { log, ...options }));
  const send = async (line: string, fields: string) => {
    const before = lines.length;
    await ask(gateway.url, `${line} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`);
    await expect.poll(() => lines.length, { timeout: 1_000, interval: 5 }).toBeGreaterThan(before);
    return lines.at(-1);
  };
  return { gateway, lines, send };
}

describe("a line for each cross-origin request", () => {
  test("that was allowed", async () => {
    const { send } = await start();
    expect(await send("GET /orders?token=secret", `Origin: ${allowedOrigin}\r\n`)).toMatchObject({
      level: 30,
      method: "GET",
      path: "/orders",
      origin: allowedOrigin,
      reason: "allowed",
      preflight: false,
      status: 200,
      durationMs: expect.any(Number),
      route: "/",
    });
  });

  const asks = (method: string, headers = "") =>
    `Origin: ${allowedOrigin}\r\nAccess-Control-Request-Method: ${method}\r\nAccess-Control-Request-Headers: ${headers}\r\n`;

  test.each([
    [
      "a refused origin",
      "GET /",
      `Origin: ${refusedOrigin}\r\n`,
      { reason: "origin-refused", status: 200, detail: "origin" },
      /allowOrigins/,
    ],
    ["null", "GET /", "Origin: null\r\n", { reason: "origin-refused", origin: "null" }, /without an origin/],
    [
      "a refused method",
      "OPTIONS /",
      asks("PATCH"),
      { reason: "method-refused", detail: "PATCH", preflight: true, status: 204 },
      /allowMethods/,
    ],
    [
      "refused headers",
      "OPTIONS /",
      asks("PUT", "x-b,x-a"),
      { reason: "headers-refused", detail: "x-b, x-a" },
      /allowHeaders/,
    ],
    ["no origin at all", "GET /", "Origin: nonsense\r\n", { reason: "malformed", detail: "origin" }, /No browser/],
    ["two origins", "GET /", `Origin: a\r\nOrigin: b\r\n`, { reason: "malformed", origin: "(several)" }, /No browser/],
  ])("that was refused for %s", async (_what, line, fields, expected, message) => {
    const { send } = await start();
    expect(await send(line, fields)).toMatchObject({ level: 40, ...expected, msg: expect.stringMatching(message) });
  });

  test("that a lookup did not decide", async () => {
    const policy = definePolicy({ originLookup: { find: () => Promise.reject(new Error("down")) } });
    const { send } = await start({ policy });
    expect(await send("GET /", `Origin: ${refusedOrigin}\r\n`)).toMatchObject({
      level: 40,
      reason: "origin-lookup-failed",
    });
  });

  test("with the route, and with the reason for an ambiguous path", async () => {
    const { send } = await start({ routes: [{ path: "/public", policy: definePolicy({ allowOrigins: "*" }) }] });
    expect(await send("GET /public/x", `Origin: ${refusedOrigin}\r\n`)).toMatchObject({ level: 30, route: "/public" });
    expect(await send("GET /PUBLIC", `Origin: ${allowedOrigin}\r\n`)).toMatchObject({
      level: 40,
      reason: "origin-refused",
      detail: "ambiguous-path",
      route: "/",
      msg: expect.stringContaining("two routes"),
    });
  });

  test("that broke off", async () => {
    const upstream = closing(await startRecordingUpstream(() => () => undefined));
    const { log, lines } = recordingLog();
    const gateway = closing(await startTestGateway(upstream.url, { log }));
    const client = await RawClient.open(gateway.url);
    client.send(`GET / HTTP/1.1\r\nHost: a\r\nOrigin: ${allowedOrigin}\r\n\r\n`);
    await expect.poll(() => upstream.requests.length).toBe(1);
    client.close();
    await expect.poll(() => lines.at(-1)).toMatchObject({ reason: "allowed", aborted: true });
  });

  test("and none for what is not cross-origin", async () => {
    const { gateway, lines } = await start();
    await ask(gateway.url, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await ask(gateway.url, "POST / HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nContent-Length: 0\r\n\r\n");
    await delay(50);
    expect(lines).toEqual([]);
  });
});

describe("S100: what a client writes cannot harm the log", () => {
  test("secrets are not in it", async () => {
    const { lines, send } = await start();
    await send(
      "POST /x?api_key=secret",
      `Origin: ${refusedOrigin}\r\nCookie: s=secret\r\nAuthorization: Bearer secret\r\nContent-Length: 0\r\n`,
    );
    expect(JSON.stringify(lines)).not.toContain("secret");
  });

  test("an origin is escaped and cut", async () => {
    const { send } = await start();
    const line = await send("GET /", `Origin: https://evil\xe9\x9b\t${"a".repeat(1_000)}\r\n`);
    const origin = String(line?.["origin"]);
    expect(origin).toMatch(/^https:\/\/evil\\xe9\\x9b\\x09a+\.\.\.$/);
    expect(origin.length).toBeLessThan(280);
  });

  test("a path is cut", async () => {
    const { send } = await start();
    const line = await send(`GET /${"a".repeat(5_000)}`, `Origin: ${allowedOrigin}\r\n`);
    expect(String(line?.["path"]).length).toBe(259);
  });

  test("a page that floods is written twenty times, and then counted", async () => {
    const { gateway, lines } = await start();
    const client = closing(await RawClient.open(gateway.url));
    for (let count = 0; count < 200; count += 1) {
      client.send(`GET / HTTP/1.1\r\nHost: a\r\nOrigin: ${refusedOrigin}\r\n\r\n`);
      await client.response();
    }
    client.send(`GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://another.example\r\n\r\n`);
    await client.response();
    client.close();
    await gateway.close();
    const ofFlood = lines.filter((line) => line["origin"] === refusedOrigin && line["suppressed"] === undefined);
    expect(ofFlood.length).toBeGreaterThanOrEqual(20);
    expect(ofFlood.length).toBeLessThan(23);
    expect(lines.filter((line) => line["origin"] === "https://another.example").length).toBe(1);
    expect(lines.find((line) => line["suppressed"] !== undefined)).toMatchObject({
      level: 40,
      origin: refusedOrigin,
      suppressed: 200 - ofFlood.length,
    });
  });

  test("an allowed origin is never held back", async () => {
    const { gateway, lines } = await start();
    const client = closing(await RawClient.open(gateway.url));
    for (let count = 0; count < 50; count += 1) {
      client.send(`GET / HTTP/1.1\r\nHost: a\r\nOrigin: ${allowedOrigin}\r\n\r\n`);
      await client.response();
    }
    await expect.poll(() => lines.length).toBe(50);
  });
});

describe("the limiter", () => {
  const rate = { burst: 2, intervalMs: 100, kinds: 3 };

  test("lets a burst through, then one each interval", () => {
    const limiter = new LineLimiter(rate);
    const taken = [0, 0, 0, 99, 100, 150, 199, 200, 1_000, 1_000, 1_000].map((now) => limiter.take("a", now));
    expect(taken).toEqual([true, true, false, false, true, false, false, true, true, true, false]);
    expect(limiter.sweep(1_000)).toEqual([{ kind: "a", count: 5 }]);
    expect(limiter.sweep(1_000)).toEqual([]);
  });

  test("shares one allowance among all kinds beyond its bound", () => {
    const limiter = new LineLimiter(rate);
    let written = 0;
    for (let index = 0; index < 10_000; index += 1) written += limiter.take(`https://${index}.example`, 0) ? 1 : 0;
    expect(written).toBe(3 + 2);
    expect(limiter.sweep(0)).toEqual([{ kind: otherKinds, count: 9_995 }]);
  });

  test("forgets a kind that has been silent", () => {
    const limiter = new LineLimiter(rate);
    for (const kind of ["a", "b", "c"]) limiter.take(kind, 0);
    limiter.sweep(300);
    for (const kind of ["d", "e", "f"]) expect(limiter.take(kind, 301)).toBe(true);
    limiter.take("d", 301);
    expect(limiter.take("d", 301)).toBe(false);
  });
});
