import { createServer } from "node:http";
import { cors } from "@corsmith/cors/hono";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { byFetch, byHttp } from "../hosts/support/ask.ts";
import { listen, type Running } from "./support/listen.ts";
import { app as page } from "./table/policies.ts";

const stranger = "https://evil.example";

const application = new Hono();
application.use(requestId());
application.use(secureHeaders({ crossOriginResourcePolicy: false }));
application.use(async (context, next) => {
  context.header("Vary", "Accept-Encoding");
  context.header("Set-Cookie", "a=1", { append: true });
  context.header("Set-Cookie", "b=2", { append: true });
  await next();
});
application.use(cors({ allowOrigins: [page], allowMethods: ["PUT"], crossOriginProtection: true }));
application.get("/orders", (context) => context.json([]));
application.post("/orders", (context) => context.json({}, 201));
application.get("/broken", () => {
  throw new Error("on purpose");
});

let server: Running;
beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  server = await listen(createServer(getRequestListener(application.fetch)));
});
afterAll(() => server?.close());

const put = ["Access-Control-Request-Method", "PUT"] as const;

describe.each([
  ["a runtime of the Fetch form", () => byFetch(application.fetch)],
  ["@hono/node-server", () => byHttp(server.port)],
] as const)("middlewares of Hono before CORS, on %s", (_, ways) => {
  test.each([
    ["a preflight that passes", "OPTIONS", "/orders", page, [put], 204],
    ["a preflight that is refused", "OPTIONS", "/orders", stranger, [put], 403],
    ["an answer", "GET", "/orders", page, [], 200],
    ["a request that the protection refuses", "POST", "/orders", stranger, [], 403],
    ["an error that was thrown", "GET", "/broken", page, [], 500],
    ["a path that no route has", "GET", "/nowhere", page, [], 404],
  ] as const)("leave their headers on %s", async (_name, method, path, origin, more, status) => {
    const got = await ways()({ method, path, headers: [["Origin", origin], ...more] });
    expect(got.status).toBe(status);
    expect(got.headers.get("strict-transport-security")).toContain("max-age=");
    expect(got.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    expect(got.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    const varies = (got.headers.get("vary") ?? "").split(", ");
    expect(varies).toEqual(expect.arrayContaining(["Accept-Encoding", "Origin"]));
    expect(new Set(varies).size).toBe(varies.length);
    expect(got.headers.get("access-control-allow-origin")).toBe(origin === page ? page : null);
  });
});
