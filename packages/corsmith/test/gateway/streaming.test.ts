import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  request as requestHttp,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Readable, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { closingAfterEach } from "./support/closing.ts";
import { startGatewayProcess } from "./support/gateway-process.ts";
import { RawClient, valuesOf } from "./support/raw-client.ts";
import { allowedOrigin, startTestGateway, type TestGatewayOptions } from "./support/start-test-gateway.ts";

const closing = closingAfterEach();

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(handler: Handler): Promise<{ readonly upstream: URL }> {
  const server: Server = createServer(handler);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { upstream: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) };
}

async function start(handler: Handler, options?: TestGatewayOptions) {
  const { upstream } = await serve(handler);
  return closing(await startTestGateway(upstream, options));
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nOrigin: ${allowedOrigin}\r\n\r\n`;

describe("server-sent events", () => {
  test("arrive one by one, as they are sent, under the CORS headers", async () => {
    let send: (event: string) => void = () => undefined;
    const gateway = await start((_request, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.flushHeaders();
      send = (event) => response.write(`data: ${event}\n\n`);
    });
    const client = closing(await RawClient.open(gateway.url));
    client.send(get("/events"));
    await client.until("\r\n\r\n", 1_000);
    expect(client.pending).toContain(`Access-Control-Allow-Origin: ${allowedOrigin}\r\n`);
    for (const event of ["one", "two", "three"]) {
      send(event);
      await client.until(`data: ${event}\n\n`, 1_000);
    }
  });

  test("may be silent for longer than the upstream has time for the head of an answer", async () => {
    const gateway = await start(
      (_request, response) => {
        response.writeHead(200, { "Content-Type": "text/event-stream" }).write("data: one\n\n");
        setTimeout(() => response.end("data: two\n\n"), 1_500);
      },
      { upstreamTimeoutSeconds: 0.3 },
    );
    const client = closing(await RawClient.open(gateway.url));
    client.send(get("/events"));
    expect(await client.response()).toMatchObject({ body: "data: one\n\ndata: two\n\n", complete: true });
  });
});

const size = 100 * 1024 * 1024;
const chunk = Buffer.alloc(64 * 1024, "x");

/** Writes all of it, as fast as the other side takes it. */
async function pour(into: Writable, onWritten: (bytes: number) => void): Promise<void> {
  for (let sent = 0; sent < size; sent += chunk.length) {
    onWritten(chunk.length);
    if (!into.write(chunk)) await new Promise<void>((resolve) => into.once("drain", resolve));
  }
}

/** Reads all of it and counts. */
async function drainOf(from: Readable): Promise<number> {
  let bytes = 0;
  for await (const piece of from) bytes += (piece as Buffer).length;
  return bytes;
}

/**
 * The first 100 MB fill the garbage that V8 lets stand before it collects buffers (about 64 MB, whatever the size of the body). What the
 * second 100 MB add to that is what the size of a body costs.
 */
function expectFlat(grownMb: readonly number[]): void {
  const [first = Number.NaN, second = Number.NaN] = grownMb;
  expect(first).toBeLessThan(110);
  expect(second - first).toBeLessThan(40);
}

describe("100 MB in flat memory", () => {
  test("down, to a client that reads slowly at first", { timeout: 60_000 }, async () => {
    let written = 0;
    const { upstream } = await serve(async (_request, response) => {
      response.writeHead(200, { "Content-Length": size });
      await pour(response, (bytes) => {
        written += bytes;
      });
      response.end();
    });
    const gateway = closing(await startGatewayProcess(upstream));
    const grownMb: number[] = [];
    for (const _round of [1, 2]) {
      written = 0;
      const client = requestHttp(gateway.url).end();
      const [response] = (await once(client, "response")) as [IncomingMessage];
      response.pause();
      await delay(300);
      // Nobody reads, so the upstream must have been held back: only what fits into the buffers on the way was written.
      expect(written).toBeLessThan(size / 2);
      expect(await drainOf(response)).toBe(size);
      grownMb.push(await gateway.growth());
    }
    expectFlat(grownMb);
  });

  test.each([
    ["with a length", { "Content-Length": size }],
    ["in chunks", { "Transfer-Encoding": "chunked" }],
  ])("up %s, to an upstream that reads slowly at first", { timeout: 60_000 }, async (_what, headers) => {
    let received = 0;
    let sent = 0;
    let sentWhileNobodyRead = 0;
    const { upstream } = await serve(async (request, response) => {
      await delay(300);
      sentWhileNobodyRead = sent;
      received = await drainOf(request);
      response.end("done");
    });
    const gateway = closing(await startGatewayProcess(upstream));
    const grownMb: number[] = [];
    for (const _round of [1, 2]) {
      sent = 0;
      const client = requestHttp(gateway.url, { method: "PUT", headers });
      const answered = once(client, "response");
      await pour(client, (bytes) => {
        sent += bytes;
      });
      client.end();
      const [response] = (await answered) as [IncomingMessage];
      await drainOf(response);
      expect(received).toBe(size);
      expect(sentWhileNobodyRead).toBeLessThan(size / 2);
      grownMb.push(await gateway.growth());
    }
    expectFlat(grownMb);
  });
});

describe("a side that leaves", () => {
  test("S78: an upstream that dies in mid-stream breaks the answer off: it never looks complete", async () => {
    for (const headers of [{ "Content-Length": 1_000 }, { "Transfer-Encoding": "chunked" }]) {
      const gateway = await start((request, response) => {
        response.writeHead(200, headers).write("part");
        setTimeout(() => request.socket.destroy(), 50);
      });
      for (const body of ["", "Content-Length: 2\r\n"]) {
        const client = closing(await RawClient.open(gateway.url));
        client.send(`POST / HTTP/1.1\r\nHost: a\r\n${body}\r\n${body && "ok"}`);
        await client.untilClosed();
        expect(client.pending).toContain("part");
        expect((await client.response()).complete).toBe(false);
      }
    }
  });

  test("an upstream that is reset in mid-stream breaks the answer off", async () => {
    const gateway = await start((request, response) => {
      response.writeHead(200).write("part");
      setTimeout(() => request.socket.resetAndDestroy(), 50);
    });
    const client = closing(await RawClient.open(gateway.url));
    client.send(get("/"));
    await client.untilClosed();
    expect((await client.response()).complete).toBe(false);
  });

  test.each([
    ["while it waits for the head", "GET", "", false],
    ["in mid-stream", "GET", "", true],
    ["while it sends its body", "PUT", "Content-Length: 1000\r\n", false],
    ["while it sends its body and reads the answer", "PUT", "Content-Length: 1000\r\n", true],
  ])("a client that leaves %s takes the upstream's request with it", async (_what, method, field, answers) => {
    const closed = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const gateway = await start((request, response) => {
      request.on("error", () => undefined).resume();
      response.on("close", () => closed.resolve());
      if (answers) response.writeHead(200).write("part");
      arrived.resolve();
    });
    const client = await RawClient.open(gateway.url);
    client.send(`${method} / HTTP/1.1\r\nHost: a\r\n${field}\r\n${field && "some"}`);
    await arrived.promise;
    if (answers) await client.until("part");
    client.close();
    await expect(Promise.race([closed.promise, delay(2_000).then(() => "still there")])).resolves.toBeUndefined();
  });

  test("a client that leaves while its origin is looked up is never heard of at the upstream", async () => {
    const { definePolicy } = await import("@corsmith/cors");
    const handler = vi.fn((_request: IncomingMessage, response: ServerResponse) => void response.end());
    const policy = definePolicy({ originLookup: { find: () => delay(100).then(() => true) } });
    const gateway = await start(handler, { policy });
    const client = await RawClient.open(gateway.url);
    client.send(get("/"));
    await delay(30);
    client.close();
    await delay(200);
    expect(handler).not.toHaveBeenCalled();
  });

  test("an answer that ends before a large body has been sent is read, and the rest of the body is thrown away", async () => {
    const gateway = await start((_request, response) => {
      response.writeHead(413, { "Content-Length": 3 }).end("no!");
    });
    const client = closing(await RawClient.open(gateway.url));
    const length = 4 * 1024 * 1024;
    client.send(`PUT / HTTP/1.1\r\nHost: a\r\nOrigin: ${allowedOrigin}\r\nContent-Length: ${length}\r\n\r\n`);
    client.send(Buffer.alloc(length / 2));
    const response = await client.response();
    expect(response).toMatchObject({ status: 413, body: "no!" });
    expect(valuesOf(response, "access-control-allow-origin")).toEqual([allowedOrigin]);
    client.send(Buffer.alloc(length / 2));
    client.send(get("/next"));
    expect((await client.response()).status).toBe(413);
  });
});
