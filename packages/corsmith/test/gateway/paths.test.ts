import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { definePolicy } from "@corsmith/cors";
import { describe, expect, test } from "vitest";
import { closingAfterEach } from "./support/closing.ts";
import { ask, valuesOf } from "./support/raw-client.ts";
import { allowedOrigin, refusedOrigin, startTestGateway } from "./support/start-test-gateway.ts";

const closing = closingAfterEach();

/** Ways in which a handler of Node is often seen to find the path. */
const readers: readonly (readonly [string, (target: string) => string, readonly string[]])[] = [
  [
    "new URL(request.url, base)",
    (target) => new URL(target, "http://localhost").pathname,
    ["//x/admin", "///x/admin", "/\\x/admin", "/x/../admin", "/x/%2e%2e/admin", "/x\\..\\admin", "/x%2fy/%2E./admin"],
  ],
  [
    "the same, decoded",
    (target) => decodeURIComponent(new URL(target, "http://localhost").pathname),
    ["//x/%61dmin", "/%61dmin", "/x/%2e%2e/%2561dmin/../%61dmin"],
  ],
  [
    "new URL(decodeURIComponent(request.url), base)",
    (target) => new URL(decodeURIComponent(target), "http://localhost").pathname,
    ["/%09./admin", "/%5Cx/admin", "/admin%20", "/admin%3Fx", "/%252e%252e/%2561dmin/../admin"],
  ],
  [
    "the target, decoded and in lower case",
    (target) => decodeURIComponent(target).toLowerCase(),
    ["/ADMIN", "/%41dmin", "/admi%6e"],
  ],
  [
    "the target by its segments",
    (target) => `/${target.split(/[/;]+/).filter(Boolean).join("/")}`,
    ["//admin", "/;/admin"],
  ],
];

describe("S97: where every page may read all but /admin, no spelling of it that the API understands is granted", () => {
  test.each(readers)("an API that takes %s", async (_what, pathOf, spellings) => {
    const server = createServer(({ url = "/" }, response) => {
      response.end(/^\/admin(?:$|[/?])/.test(pathOf(url)) ? "secret" : "public");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    closing({ close: () => void server.close() });
    const upstream = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const routes = [{ path: "/admin", policy: definePolicy({ allowOrigins: [allowedOrigin] }) }];
    const gateway = closing(await startTestGateway(upstream, { policy: definePolicy({ allowOrigins: "*" }), routes }));
    const read = async (path: string) => {
      const bytes = `GET ${path} HTTP/1.1\r\nHost: api.example\r\nOrigin: ${refusedOrigin}\r\nConnection: close\r\n\r\n`;
      const response = await ask(gateway.url, bytes);
      return [response.body, valuesOf(response, "access-control-allow-origin")];
    };
    expect(await read("/orders")).toEqual(["public", ["*"]]);
    for (const path of ["/admin", ...spellings]) expect(await read(path), path).toEqual(["secret", []]);
  });
});
