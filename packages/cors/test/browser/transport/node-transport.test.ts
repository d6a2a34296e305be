import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { openPage } from "../../../src/browser/index.ts";

const servers: Server[] = [];
const tcpServers: TcpServer[] = [];
afterEach(async () => {
  for (const server of tcpServers.splice(0)) await new Promise((done) => server.close(done));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Node's own server refuses methods that it does not know; this one takes every byte and answers 204. */
async function serveBytes(): Promise<{ readonly url: string; readonly heads: readonly string[] }> {
  const heads: string[] = [];
  const server = createTcpServer((socket) => {
    socket.setEncoding("latin1").once("data", (text: string) => {
      heads.push(text.split("\r\n\r\n")[0] ?? "");
      socket.end("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    });
  });
  tcpServers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, heads };
}

const page = openPage({ origin: "http://localhost:5173" });

describe("over a real socket", () => {
  test("two lines of a header stay two", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, ["Access-Control-Allow-Origin", "*", "Access-Control-Allow-Origin", "*"]).end("x");
    });
    const trace = await page.trace(url);
    expect(trace).toMatchObject({ outcome: "error", code: "multiple-allow-origin-values" });
    const lines = trace.exchanges[0]?.response?.headers.filter(([name]) => name === "Access-Control-Allow-Origin");
    expect(lines).toHaveLength(2);
  });

  test("the preflight and the request arrive as a browser sends them", async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      const { method, headers } = request;
      request.setEncoding("utf8").on("data", (text) => seen.push(`body ${text}`));
      request.on("end", () => {
        seen.push(
          `${method} ${headers.origin} ${headers["access-control-request-headers"]} ${headers["content-type"]}`,
        );
        const allow = { "access-control-allow-origin": "*", "access-control-allow-headers": "content-type" };
        response.writeHead(method === "OPTIONS" ? 204 : 201, allow).end(method === "OPTIONS" ? undefined : "made");
      });
    });
    const init = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    const response = await page.fetch(url, init);
    expect([response.status, await response.text()]).toEqual([201, "made"]);
    expect(seen).toEqual([
      "OPTIONS http://localhost:5173 content-type undefined",
      "body {}",
      "POST http://localhost:5173 undefined application/json",
    ]);
  });

  test.each(["HEAD", "POST"])("%s without a body ends", async (method) => {
    const url = await serve((_, response) => response.writeHead(200, { "access-control-allow-origin": "*" }).end());
    expect(await page.trace(url, { method })).toMatchObject({ outcome: "ok", response: { status: 200 } });
  });

  test.each<readonly [string, RequestInit, string, readonly string[]]>([
    ["the case of a method stays", { method: "patch" }, "patch / HTTP/1.1", []],
    ["of a method of one's own, too", { method: "Purge", body: "x" }, "Purge / HTTP/1.1", ["Content-Length: 1"]],
    ["nothing is sent in chunks that has no body", { method: "PATCH" }, "PATCH / HTTP/1.1", []],
    ["nor is what has one", { method: "PATCH", body: "x" }, "PATCH / HTTP/1.1", ["Content-Length: 1"]],
    ["a POST says that it has none", { method: "POST" }, "POST / HTTP/1.1", ["Content-Length: 0"]],
    ["a DELETE says nothing of it", { method: "DELETE" }, "DELETE / HTTP/1.1", []],
  ])("%s", async (_, init, requestLine, framing) => {
    const { url, heads } = await serveBytes();
    const own = openPage({ origin: new URL(url).origin });
    expect(await own.trace(url, init)).toMatchObject({ outcome: "ok", response: { status: 204 } });
    const [first, ...lines] = heads[0]?.split("\r\n") ?? [];
    expect(first).toBe(requestLine);
    expect(lines.filter((line) => /^(content-length|transfer-encoding):/i.test(line))).toEqual(framing);
  });

  test("a dead port is a server that is down", async () => {
    const server = createTcpServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const trace = await page.trace(`http://127.0.0.1:${port}/`);
    expect(trace).toMatchObject({ outcome: "error", code: "server-down" });
    expect(trace.exchanges).toHaveLength(1);
  });

  test("a connection that ends without an answer is broken", async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await page.trace(url)).toMatchObject({ outcome: "error", code: "connection-broken" });
  });

  test("an abort under way rejects with its reason", async () => {
    const url = await serve(() => undefined);
    await expect(page.fetch(url, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: "TimeoutError" });
  });
});
