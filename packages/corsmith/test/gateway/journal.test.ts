import { definePolicy } from "@corsmith/cors";
import { describe, expect, test } from "vitest";
import { openJournal } from "../../src/journal/open-journal.ts";
import type { Sample } from "../../src/journal/schema/decisions.ts";
import { lately } from "../journal/support/decided.ts";
import { closingAfterEach } from "./support/closing.ts";
import { ask } from "./support/raw-client.ts";
import { type CannedAnswer, plainAnswer, startRecordingUpstream } from "./support/recording-upstream.ts";
import {
  allowedOrigin,
  refusedOrigin,
  startTestGateway,
  type TestGatewayOptions,
} from "./support/start-test-gateway.ts";

const closing = closingAfterEach();

async function start(answer: CannedAnswer = plainAnswer, options: TestGatewayOptions = {}) {
  const upstream = closing(await startRecordingUpstream(() => answer));
  const journal = closing(await openJournal({ place: { kind: "memory" } }));
  const gateway = closing(await startTestGateway(upstream.url, { journal, ...options }));
  /** Sends a request, and waits until the journal has it. */
  const send = async (line: string, fields: string): Promise<Sample | undefined> => {
    const before = (await journal.queries.overview(lately())).counts.decisions;
    await ask(gateway.url, `${line} HTTP/1.1\r\nHost: api.example\r\nUser-Agent: Firefox/140.0\r\n${fields}\r\n`);
    await expect
      .poll(async () => {
        await journal.flush();
        return (await journal.queries.overview(lately())).counts.decisions;
      })
      .toBe(before + 1);
    return (await journal.queries.samples({ limit: 1 })).samples[0];
  };
  return { journal, gateway, send };
}

const failing = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
const preflight = (method: string, headers = ""): string =>
  `Origin: ${allowedOrigin}\r\nAccess-Control-Request-Method: ${method}\r\nAccess-Control-Request-Headers: ${headers}\r\n`;

describe("the journal keeps of a request", () => {
  test("what the trace of it needs, and no secret", async () => {
    const { send } = await start();
    const kept = await send(
      "PUT /orders/1?token=secret-1",
      `Origin: ${allowedOrigin}\r\nCookie: session=secret-2\r\nAuthorization: Bearer secret-3\r\nContent-Length: 0\r\nX-Key: secret-4\r\nSec-Fetch-Mode: cors\r\n`,
    );
    expect(kept).toMatchObject({
      route: "/",
      kind: "actual",
      reason: "allowed",
      blocked: false,
      origin: allowedOrigin,
      method: "PUT",
      requestMethod: "PUT",
      path: "/orders/1",
      host: "api.example",
      headerNames: expect.arrayContaining(["cookie", "authorization", "x-key"]),
      credentials: true,
      fetchMode: "cors",
      engine: "firefox",
      status: 200,
      answeredAtOnce: false,
      durationMs: expect.any(Number),
      answer: expect.arrayContaining([
        ["access-control-allow-origin", allowedOrigin],
        ["access-control-allow-credentials", "true"],
        ["vary", "Origin"],
      ]),
    });
    expect(JSON.stringify(kept)).not.toContain("secret");
  });

  test.each([
    [
      "an allowed preflight",
      preflight("PUT", "content-type"),
      { reason: "allowed", status: 204, method: "PUT", requestedHeaders: ["content-type"] },
    ],
    [
      "a refused method",
      preflight("PATCH"),
      { reason: "method-refused", status: 204, method: "PATCH", refused: ["PATCH"] },
    ],
    ["refused headers", preflight("PUT", "X-A, X-B"), { reason: "headers-refused", refused: ["x-a", "x-b"] }],
    [
      "a refused origin",
      preflight("PUT").replace(allowedOrigin, refusedOrigin),
      { reason: "origin-refused", status: 403, answer: [["vary", expect.stringContaining("Origin")]] },
    ],
    ["a malformed header", preflight("P UT"), { reason: "malformed", refused: ["access-control-request-method"] }],
  ])("%s", async (_, fields, expected) => {
    const { send } = await start();
    expect(await send("OPTIONS /", fields)).toMatchObject({
      kind: "preflight",
      requestMethod: "OPTIONS",
      answeredAtOnce: true,
      ...expected,
    });
  });

  test("an error of the upstream, which has CORS headers and so is none of CORS's", async () => {
    const { send, journal } = await start(failing);
    expect(await send("GET /", `Origin: ${allowedOrigin}\r\n`)).toMatchObject({ status: 502, headerless: false });
    const { counts } = await journal.queries.overview(lately());
    expect(counts).toMatchObject({ decisions: 1, errors: 1, badGateway: 1, headerless: 0 });
  });

  test("an answer that broke off", async () => {
    const { send, journal } = await start((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal");
      setTimeout(() => socket.destroy(), 20);
    });
    expect(await send("GET /", `Origin: ${allowedOrigin}\r\n`)).toMatchObject({ aborted: true });
    expect((await journal.queries.overview(lately())).counts.aborted).toBe(1);
  });

  test("a WebSocket that was refused", async () => {
    const { send } = await start();
    const upgrade = `Origin: ${refusedOrigin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: aaaaaaaaaaaaaaaaaaaaaa==\r\n`;
    expect(await send("GET /live", upgrade)).toMatchObject({
      kind: "websocket",
      reason: "origin-refused",
      status: 403,
      answeredAtOnce: true,
    });
  });

  test("only the count, where CORS has nothing to say", async () => {
    const { send, journal } = await start();
    expect(await send("GET /", "")).toBeUndefined();
    expect((await journal.queries.overview(lately())).byReason).toEqual({ "not-cross-origin": 1 });
    expect((await journal.queries.origins({})).total).toBe(0);
  });
});

test("each route is counted by itself", async () => {
  const policy = definePolicy({ allowOrigins: "*" });
  const { send, journal } = await start(plainAnswer, { routes: [{ path: "/public", policy }] });
  await send("GET /public/a", `Origin: ${refusedOrigin}\r\n`);
  await send("GET /private", `Origin: ${refusedOrigin}\r\n`);
  expect(await journal.queries.routes(lately())).toMatchObject([
    { route: "/", allowed: 0, refused: 1, origins: 1 },
    { route: "/public", allowed: 1, refused: 0, origins: 1 },
  ]);
  expect(await journal.queries.origin(refusedOrigin, lately())).toMatchObject({
    summary: { allowed: 1, refused: 1, engines: ["firefox"], routes: ["/", "/public"] },
    samples: [
      { route: "/", blocked: true },
      { route: "/public", blocked: false },
    ],
  });
});
