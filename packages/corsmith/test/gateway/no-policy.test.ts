import { definePolicy } from "@corsmith/cors";
import type { RouteInput } from "@corsmith/cors/routes";
import { describe, expect, test } from "vitest";
import { openJournal } from "../../src/journal/open-journal.ts";
import { GatewayMeter } from "../../src/metrics/gateway-meter.ts";
import { lately } from "../journal/support/decided.ts";
import { closingAfterEach } from "./support/closing.ts";
import { ask, RawClient, valuesOf } from "./support/raw-client.ts";
import { type CannedAnswer, headerOf, startRecordingUpstream } from "./support/recording-upstream.ts";
import {
  allowedOrigin,
  recordingLog,
  refusedOrigin,
  startTestGateway,
  type TestGatewayOptions,
} from "./support/start-test-gateway.ts";

const closing = closingAfterEach();

/** What an API says that answers CORS itself. */
const ownCors = [
  "Access-Control-Allow-Origin: https://evil.example",
  "Access-Control-Allow-Credentials: true",
  "Access-Control-Expose-Headers: *, x-a b",
  "X-Own: 1",
  "Vary: Accept",
  "Vary: X-Tenant",
];
const answering = (status: string): string =>
  `HTTP/1.1 ${status}\r\n${ownCors.join("\r\n")}\r\nContent-Length: 2\r\n\r\nok`;

const routes: readonly RouteInput[] = [
  { path: "/auth", policy: false },
  { path: "/auth/ours", policy: definePolicy({ allowOrigins: "*" }) },
];

async function start(answer: CannedAnswer = answering("200 OK"), options: TestGatewayOptions = {}) {
  const upstream = closing(await startRecordingUpstream(() => answer));
  const gateway = closing(await startTestGateway(upstream.url, { routes, ...options }));
  return { upstream, gateway };
}

const request = (line: string, fields = "") => `${line} HTTP/1.1\r\nHost: api.example\r\n${fields}\r\n`;
const from = (origin: string) => `Origin: ${origin}\r\n`;
const preflight = (path: string) =>
  request(
    `OPTIONS ${path}`,
    `${from(refusedOrigin)}Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: x-a\r\n`,
  );
const upgrade = (path: string) =>
  request(
    `GET ${path}`,
    `${from(refusedOrigin)}Cookie: sid=1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n`,
  );

const spelled = (headers: readonly (readonly [string, string])[]): readonly string[] =>
  headers.map(([name, value]) => `${name}: ${value}`);

describe("S38: where there is no policy, CORS is the API's own", () => {
  test.each([
    ["a foreign page's request", "GET /auth/login", "200 OK"],
    ["an error", "POST /auth/login", "404 Not Found"],
    ["a redirect", "GET /auth", "302 Found"],
  ])("its CORS headers and Vary pass unchanged: %s", async (_what, line, status) => {
    const { gateway } = await start(answering(status));
    const response = await ask(gateway.url, request(line, `${from(refusedOrigin)}Content-Length: 0\r\n`));
    expect(spelled(response.headers)).toEqual(expect.arrayContaining(ownCors));
    expect(valuesOf(response, "vary")).toEqual(["Accept", "X-Tenant"]);
  });

  test("a preflight reaches it, with all that the browser asked", async () => {
    const { upstream, gateway } = await start(answering("200 OK"));
    const response = await ask(gateway.url, preflight("/auth/login"));
    expect(response.status).toBe(200);
    expect(valuesOf(response, "access-control-allow-origin")).toEqual([refusedOrigin]);
    const [asked] = upstream.requests;
    expect(asked?.line).toBe("OPTIONS /auth/login HTTP/1.1");
    expect(headerOf(asked, "origin")).toEqual([refusedOrigin]);
    expect(headerOf(asked, "access-control-request-method")).toEqual(["PUT"]);
    expect(headerOf(asked, "access-control-request-headers")).toEqual(["x-a"]);
  });

  test("interim answers and trailers keep theirs too", async () => {
    const { gateway } = await start(
      `HTTP/1.1 103 Early Hints\r\nAccess-Control-Allow-Origin: *\r\n\r\n` +
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Access-Control-Note\r\n\r\n2\r\nok\r\n0\r\nAccess-Control-Note: 1\r\n\r\n",
    );
    const client = closing(await RawClient.open(gateway.url));
    client.send(request("GET /auth", `${from(refusedOrigin)}TE: trailers\r\n`));
    expect(valuesOf(await client.response(), "access-control-allow-origin")).toEqual(["*"]);
    expect((await client.response()).trailers).toEqual([["Access-Control-Note", "1"]]);
  });

  test("a WebSocket passes whatever its origin, with the user's cookies: the API has to look", async () => {
    const switching =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nAccess-Control-Allow-Origin: *\r\n\r\n";
    const { upstream, gateway } = await start(switching);
    const client = closing(await RawClient.open(gateway.url));
    client.send(upgrade("/auth/live"));
    const response = await client.response();
    expect(response.status).toBe(101);
    expect(valuesOf(response, "access-control-allow-origin")).toEqual(["*"]);
    expect(headerOf(upstream.requests[0], "cookie")).toEqual(["sid=1"]);
    expect(headerOf(upstream.requests[0], "origin")).toEqual([refusedOrigin]);
  });

  test("the API that is down is answered for without a grant", async () => {
    const { upstream, gateway } = await start();
    await upstream.close();
    const response = await ask(gateway.url, request("GET /auth", from(allowedOrigin)));
    expect(response.status).toBe(502);
    expect(spelled(response.headers).join()).not.toMatch(/access-control|vary/i);
  });

  test("beside it the policies hold as ever", async () => {
    const { upstream, gateway } = await start();
    const ours = await ask(gateway.url, request("GET /auth/ours", from(refusedOrigin)));
    expect(spelled(ours.headers).filter((line) => /^access-control/i.test(line))).toEqual([
      "Access-Control-Allow-Origin: *",
    ]);
    expect((await ask(gateway.url, preflight("/orders"))).status).toBe(403);
    expect((await ask(gateway.url, upgrade("/orders"))).status).toBe(403);
    expect(upstream.requests.length).toBe(1);
  });

  test("and it may be the whole of the API, but for a route", async () => {
    const { gateway } = await start(undefined, { policy: false, routes: routes.slice(1) });
    const response = await ask(gateway.url, request("GET /", from(refusedOrigin)));
    expect(valuesOf(response, "access-control-allow-credentials")).toEqual(["true"]);
    const ours = await ask(gateway.url, request("GET /auth/ours", from(refusedOrigin)));
    expect(valuesOf(ours, "access-control-allow-credentials")).toEqual([]);
  });
});

/** A path that may be under `/auth`, where there is no policy, and under another one. */
const doubtful = ["/x/..;/auth", "/auth/%2e%2e;%2fauth/orders", "/AUTH", "/auth%2Fours", "/auth;x/ours"];

describe("S97: a path that may be without a policy, and under one, gets no grant", () => {
  test.each(doubtful)("%s", async (path) => {
    const { upstream, gateway } = await start();
    const response = await ask(gateway.url, request(`GET ${path}`, from(refusedOrigin)));
    expect(response.status).toBe(200);
    expect(spelled(response.headers).filter((line) => /^access-control/i.test(line))).toEqual([]);
    expect(valuesOf(response, "vary")).toEqual(["Accept, X-Tenant, Origin"]);
    expect((await ask(gateway.url, preflight(path))).status).toBe(403);
    expect((await ask(gateway.url, upgrade(path))).status).toBe(403);
    expect(upstream.requests.length).toBe(1);
  });
});

describe("what is without a policy is counted under its own name", () => {
  async function observed(level: string) {
    const { log, lines } = recordingLog(level);
    const journal = closing(await openJournal({ place: { kind: "memory" } }));
    const meter = new GatewayMeter();
    const { gateway } = await start(undefined, { log, journal, meter });
    await ask(gateway.url, request("GET /auth", from(refusedOrigin)));
    await ask(gateway.url, preflight("/auth"));
    await ask(gateway.url, request("GET /auth"));
    await expect
      .poll(async () => {
        await journal.flush();
        return (await journal.queries.overview(lately())).counts.decisions;
      })
      .toBe(3);
    return { lines, journal, meter };
  }

  test("in the journal, where it is neither allowed nor refused, and no news of an origin", async () => {
    const { journal } = await observed("info");
    const overview = await journal.queries.overview(lately());
    expect(overview).toMatchObject({ byReason: { "no-policy": 3 }, allowed: 0, refused: 0, newOrigins: 0 });
    const { lines } = await journal.queries.series(lately(), 60_000, "verdict");
    expect(lines.map(({ name }) => name)).toEqual(["no-policy"]);
  });

  test("in the metrics", async () => {
    const { meter } = await observed("info");
    const decisions = meter.measured().find(({ name }) => name === "corsmith.decisions");
    expect(JSON.stringify(decisions)).toContain('"corsmith.decision":"none","corsmith.reason":"no-policy"');
    expect(JSON.stringify(decisions)).not.toContain('"corsmith.decision":"refused","corsmith.reason":"no-policy"');
  });

  test("in the log only of those who want to see all of it, and only where a page asked", async () => {
    expect((await observed("info")).lines).toEqual([]);
    const { lines } = await observed("debug");
    expect(lines).toEqual([
      expect.objectContaining({ level: 20, reason: "no-policy", route: "/auth", origin: refusedOrigin, method: "GET" }),
      expect.objectContaining({ reason: "no-policy", preflight: true, method: "OPTIONS" }),
    ]);
  });
});
