import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { H3 } from "h3";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { cors as h3Cors } from "../../src/adapters/h3.ts";
import { cors as honoCors } from "../../src/adapters/hono.ts";
import { cors as nextCors } from "../../src/adapters/next.ts";
import { cors as nodeCors } from "../../src/adapters/node.ts";
import { upgradeGuard } from "../../src/adapters/websocket.ts";
import type { DecisionRecord, Exchange } from "../../src/observe/index.ts";
import { PendingResponses } from "../../src/observe/pending-responses.ts";

const app = "https://app.example.com";
const policy = { allowOrigins: [app] };

interface Watched {
  readonly reported: readonly DecisionRecord[];
  readonly pending: PendingResponses;
  readonly options: { onError(): void; onDecision(event: DecisionRecord, exchange: Exchange): void };
}

function watch(): Watched {
  const reported: DecisionRecord[] = [];
  const pending = new PendingResponses((event) => void reported.push(event));
  return {
    reported,
    pending,
    options: { onError: () => {}, onDecision: (event, exchange) => pending.add(event, exchange) },
  };
}

/** Asks a bare server once, as the allowed page, and reads the head of its answer. */
async function askNode(watched: Watched, handle: (response: ServerResponse) => void, before = handle): Promise<void> {
  const guard = nodeCors(policy, watched.options);
  const server = createServer((request, response) => {
    if (before !== handle) before(response);
    guard(request, response, () => handle(response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    headers: { origin: app },
  });
  watched.pending.sweep();
  await response.body?.cancel();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

describe("an answer over a socket", () => {
  test("that never ends is reported when its head is out", async () => {
    const watched = watch();
    let seen = -1;
    await askNode(watched, (response) => {
      response.writeHead(200).write("data: 1\n\n");
      setImmediate(() => {
        watched.pending.sweep();
        seen = watched.reported.length;
      });
    });
    expect(seen).toBe(1);
    expect(watched.reported).toMatchObject([{ reason: "allowed", finalStatus: 200, headerless: false }]);
  });

  test("of 500 whose head was written in one go is not headerless", async () => {
    const watched = watch();
    await askNode(watched, (response) => void response.writeHead(500, { "content-type": "text/plain" }).end());
    expect(watched.reported).toMatchObject([{ finalStatus: 500, headerless: false }]);
  });

  test.each([
    [500, true],
    [200, false],
  ])("of %i from which something outside takes the header is headerless: %s", async (status, headerless) => {
    const watched = watch();
    const takeOut = (response: ServerResponse): void => {
      const { writeHead } = response;
      response.writeHead = ((...args: [number]) => {
        response.removeHeader("Access-Control-Allow-Origin");
        return writeHead.apply(response, args);
      }) as typeof writeHead;
    };
    await askNode(watched, (response) => void response.writeHead(status).end(), takeOut);
    expect(watched.reported).toMatchObject([{ finalStatus: status, headerless }]);
  });
});

describe("what has no answer of its own", () => {
  test("a WebSocket's upgrade is reported at once, with its credentials", async () => {
    const { reported, pending, options } = watch();
    const rawHeaders = ["Origin", app, "Cookie", "session=secret"];
    await upgradeGuard(policy, options)({ method: "GET", url: "/live", rawHeaders });
    expect(reported).toMatchObject([{ reason: "allowed", credentials: true }]);
    expect(reported[0]).not.toHaveProperty("finalStatus");
    expect(pending.size).toBe(0);
  });

  test("a host that shows no response is not waited for without end", () => {
    const { reported, pending, options } = watch();
    const event: DecisionRecord = {
      time: Date.now(),
      kind: "actual",
      reason: "allowed",
      preflight: false,
      refused: [],
      method: "GET",
      answer: {} as never,
    };
    options.onDecision(event, { request: new Request("https://api.example.com/") });
    pending.sweep();
    expect(reported).toEqual([]);
    options.onDecision({ ...event, time: Date.now() - 60_000 }, { request: new Request("https://api.example.com/") });
    pending.sweep();
    expect(reported).toHaveLength(1);
    pending.end();
    expect(reported).toHaveLength(2);
  });
});

describe("where there is no socket", () => {
  const asked = (path: string): Request => new Request(`https://api.example.com${path}`, { headers: { origin: app } });

  test.each([
    ["/teapot", 418],
    ["/thrown", 500],
    ["/missing", 404],
  ])("Hono's %s has the status %i", async (path, finalStatus) => {
    const { reported, options } = watch();
    const hono = new Hono();
    hono.use(honoCors(policy, options));
    hono.get("/teapot", () => new Response("no", { status: 418 }));
    hono.get("/thrown", () => {
      throw new Error("broken");
    });
    hono.onError(() => new Response("broken", { status: 500 }));
    const { status } = await hono.fetch(asked(path));
    expect([status, reported.map((event) => event.finalStatus)]).toEqual([finalStatus, [finalStatus]]);
  });

  test.each([
    ["a response", "/teapot", [418]],
    ["a value, of which h3 makes the response later", "/value", []],
    ["an error, likewise", "/thrown", []],
  ])("h3 shows %s", async (_, path, statuses) => {
    const { reported, pending, options } = watch();
    const h3 = new H3({ silent: true });
    h3.use(h3Cors(policy, options));
    h3.get("/teapot", () => new Response("no", { status: 418 }));
    h3.get("/value", () => "value");
    h3.get("/thrown", () => {
      throw new Error("broken");
    });
    await h3.fetch(asked(path));
    expect(reported.map((event) => event.finalStatus)).toEqual(statuses);
    pending.end();
    expect(reported).toHaveLength(1);
  });
});

describe("under Next", () => {
  const digest = (text: string): Error => Object.assign(new Error("next"), { digest: text });
  test.each([
    ["a response", () => new Response("no", { status: 418 }), 418],
    ["notFound()", () => Promise.reject(digest("NEXT_HTTP_ERROR_FALLBACK;404")), 404],
    ["an error", () => Promise.reject(new Error("broken")), 500],
    ["a proxy that passes on", () => new Response(null, { headers: { "x-middleware-next": "1" } }), undefined],
    ["an error for Next itself", () => Promise.reject(digest("DYNAMIC_SERVER_USAGE")), undefined],
  ])("%s has the status that is known", async (_, handler, finalStatus) => {
    const { reported, options } = watch();
    const ask = new Request("https://api.example.com/", { headers: { origin: app, authorization: "Bearer secret" } });
    await nextCors(policy, options)(async () => handler())(ask).catch(() => undefined);
    expect(reported.map((event) => event.finalStatus)).toEqual([finalStatus]);
    expect(reported).toMatchObject([{ credentials: true }]);
  });
});
