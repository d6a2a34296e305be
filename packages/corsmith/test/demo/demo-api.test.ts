import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDemoApi } from "../../src/demo/demo-api.ts";
import { type LoopbackServer, startLoopbackServer } from "../../src/demo/loopback-server.ts";
import { orderLimit } from "../../src/demo/order-book.ts";
import { sessionLimit } from "../../src/demo/session-store.ts";

let api: LoopbackServer;

beforeAll(async () => {
  api = await startLoopbackServer(createDemoApi({ slowMs: 50, betweenEventsMs: 5 }));
});

afterAll(() => api.close());

interface Call {
  readonly method?: string;
  readonly cookie?: string;
  readonly type?: string;
  readonly body?: string;
  readonly key?: string;
}

function call(path: string, { method = "GET", cookie, type, body, key }: Call = {}): Promise<Response> {
  const headers = new Headers();
  if (cookie !== undefined) headers.set("Cookie", cookie);
  if (type !== undefined) headers.set("Content-Type", type);
  if (key !== undefined) headers.set("Idempotency-Key", key);
  return fetch(new URL(path, api.url), { method, headers, ...(body === undefined ? {} : { body }) });
}

async function signIn(): Promise<string> {
  const response = await call("/session", { method: "POST" });
  expect(response.status).toBe(201);
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

const tea = { type: "application/json", body: JSON.stringify({ item: "tea", quantity: 1 }) };

describe("the session", () => {
  test("is a cookie that scripts cannot read and other sites do not send", async () => {
    const response = await call("/session", { method: "POST" });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^corsmith_demo_session=[0-9a-f-]{36}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test("is needed for everything that changes an order", async () => {
    const refused = await Promise.all([
      call("/orders", { method: "POST", ...tea }),
      call("/orders/1", { method: "PUT", ...tea }),
      call("/orders/1", { method: "DELETE" }),
      call("/orders/1", { method: "DELETE", cookie: "corsmith_demo_session=guessed" }),
    ]);
    expect(refused.map((response) => response.status)).toEqual([401, 401, 401, 401]);
  });

  test("ends when too many others have begun", async () => {
    const first = await signIn();
    for (let count = 0; count < sessionLimit; count += 1) await signIn();
    expect((await call("/orders", { method: "POST", cookie: first, ...tea })).status).toBe(401);
  });
});

describe("the orders", () => {
  test("are listed with their count in a header", async () => {
    const response = await call("/orders");
    const list = (await response.json()) as unknown[];
    expect(list[0]).toEqual({ id: 1, item: "espresso beans", quantity: 2 });
    expect(response.headers.get("X-Total-Count")).toBe(String(list.length));
  });

  test("are created, changed and deleted", async () => {
    const cookie = await signIn();
    const created = await call("/orders", { method: "POST", cookie, ...tea });
    expect(created.status).toBe(201);
    const path = created.headers.get("Location") ?? "";
    const changed = await call(path, {
      method: "PUT",
      cookie,
      type: "application/json; charset=utf-8",
      body: JSON.stringify({ item: "tea", quantity: 9 }),
    });
    expect([changed.status, await changed.json()]).toEqual([200, expect.objectContaining({ quantity: 9 })]);
    expect((await call(path, { method: "DELETE", cookie })).status).toBe(204);
    expect((await call(path, { method: "DELETE", cookie })).status).toBe(404);
    expect((await call(path, { method: "PUT", cookie, ...tea })).status).toBe(404);
  });

  test("are created once for one idempotency key", async () => {
    const cookie = await signIn();
    const first = await call("/orders", { method: "POST", cookie, key: "once", ...tea });
    const second = await call("/orders", { method: "POST", cookie, key: "once", ...tea });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(await second.json()).toEqual(await first.json());
  });

  test("are bounded: the oldest leaves", async () => {
    const cookie = await signIn();
    for (let count = 0; count < orderLimit + 3; count += 1) await call("/orders", { method: "POST", cookie, ...tea });
    const list = (await (await call("/orders")).json()) as { id: number }[];
    expect(list).toHaveLength(orderLimit);
    expect(list.map((order) => order.id)).not.toContain(1);
  });
});

describe("a body that is not an order", () => {
  test.each([
    ["of a form's content type, which needs no preflight", "text/plain", tea.body, 415],
    ["that is not JSON", "application/json", "{", 400],
    ["that is JSON but no object", "application/json", "null", 422],
    ["without an item", "application/json", '{"quantity":1}', 422],
    ["with a quantity of none", "application/json", '{"item":"tea","quantity":0}', 422],
    ["that is larger than any order", "application/json", `"${"x".repeat(20_000)}"`, 413],
  ])("%s is refused", async (_name, type, body, status) => {
    const response = await call("/orders", { method: "POST", cookie: await signIn(), type, body });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.any(String), message: expect.any(String) });
  });
});

describe("the rest", () => {
  test.each([
    ["an unknown path is 404", "GET", "/no-such-thing", 404],
    ["a path of the object prototype is 404", "GET", "/__proto__", 404],
    ["an unknown method is 405", "PATCH", "/orders/1", 405],
    ["what throws is 500", "GET", "/error", 500],
    ["the query does not matter", "GET", "/orders?page=2", 200],
  ])("%s", async (_name, method, path, status) => {
    const response = await call(path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("the slow answer takes its time", async () => {
    const began = performance.now();
    expect(await (await call("/slow")).json()).toEqual({ waitedMs: 50 });
    expect(performance.now() - began).toBeGreaterThan(45);
  });

  test("the stream arrives event by event", async () => {
    const response = await call("/stream");
    expect(response.headers.get("Content-Type")).toBe("text/event-stream");
    const chunks: string[] = [];
    for await (const chunk of response.body ?? []) chunks.push(new TextDecoder().decode(chunk));
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.join("").match(/^data: event \d of 6$/gm)).toHaveLength(6);
  });

  test("HEAD answers like GET, without a body", async () => {
    for (const path of ["/orders", "/stream"]) {
      const response = await call(path, { method: "HEAD" });
      expect([response.status, await response.text()]).toEqual([200, ""]);
    }
  });

  test("a caller who leaves early does no harm", async () => {
    for (const path of ["/slow", "/stream"]) {
      const leaving = new AbortController();
      const request = fetch(new URL(path, api.url), { signal: leaving.signal }).then((response) => response.text());
      setTimeout(() => leaving.abort(), 10);
      await expect(request).rejects.toThrow();
    }
    expect((await call("/orders")).status).toBe(200);
  });

  test("there is no CORS in it: that is the gateway's", async () => {
    const preflight = await fetch(new URL("/orders", api.url), {
      method: "OPTIONS",
      headers: { Origin: "http://127.0.0.1:1", "Access-Control-Request-Method": "PUT" },
    });
    expect(preflight.status).toBe(405);
    expect([...preflight.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});
