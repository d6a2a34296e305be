import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request as requestHttp } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { closingAfterEach } from "./support/closing.ts";
import { RawClient, valuesOf } from "./support/raw-client.ts";
import { startTestGateway, type TestGatewayOptions } from "./support/start-test-gateway.ts";

const closing = closingAfterEach();

async function start(answerMs: () => number, options: TestGatewayOptions = {}) {
  let served = 0;
  const server = createServer((request, response) => {
    request.resume();
    setTimeout(() => {
      served += 1;
      response.end("x".repeat(2_000));
    }, answerMs());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const gateway = closing(
    await startTestGateway(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), options),
  );
  return { gateway, served: () => served };
}

interface Tally {
  answered: number;
  /** Requests that were sent on a connection that the gateway had accepted, and got no whole answer. */
  lost: string[];
}

/** A client with one connection kept alive, that asks again and again until nobody listens any more. */
async function keepAsking(gateway: Gateway, method: string, tally: Tally): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (;;) {
    const request = requestHttp(gateway.url, {
      agent,
      method,
      headers: method === "GET" ? {} : { "Content-Length": 2 },
    });
    request.end(method === "GET" ? undefined : "ok");
    try {
      const [response] = (await once(request, "response")) as [IncomingMessage];
      let bytes = 0;
      for await (const piece of response) bytes += (piece as Buffer).length;
      if (bytes === 2_000) tally.answered += 1;
      else tally.lost.push(`${bytes} bytes`);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      // The listener is closed: the request was never sent.
      if (code === "ECONNREFUSED") break;
      tally.lost.push(`${code} reused=${request.reusedSocket}`);
      break;
    }
  }
  agent.destroy();
}

/** The listener closes in a quiet moment soon after `close()` was called; only then are clients told to go. */
async function untilDoorIsClosed(gateway: Gateway): Promise<void> {
  for (;;) {
    try {
      (await RawClient.open(gateway.url)).close();
    } catch {
      return;
    }
    await delay(10);
  }
}

describe("close()", () => {
  test("loses no request of clients that keep their connections and ask without pause", {
    timeout: 30_000,
  }, async () => {
    for (const answerMs of [() => 0, () => 5, () => Math.random() * 80]) {
      const { gateway, served } = await start(answerMs, { limits: { drainSeconds: 5 } });
      const tally: Tally = { answered: 0, lost: [] };
      const clients = Array.from({ length: 24 }, (_, index) =>
        keepAsking(gateway, index % 3 === 0 ? "POST" : "GET", tally),
      );
      await delay(500);
      const closed = gateway.close();
      expect(gateway.draining).toBe(true);
      await Promise.all([closed, ...clients]);
      expect(tally.lost).toEqual([]);
      expect(tally.answered).toBeGreaterThan(24);
      expect(served()).toBe(tally.answered);
    }
  });

  test("answers a request under way, and says that the connection ends", async () => {
    const { gateway } = await start(() => 700);
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await delay(50);
    const closed = gateway.close();
    const response = await client.response();
    expect(response).toMatchObject({ status: 200, complete: true });
    expect(valuesOf(response, "connection")).toEqual(["close"]);
    await client.untilClosed();
    await closed;
  });

  test("still answers a request that was on its way when it was called", async () => {
    const { gateway } = await start(() => 0);
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    expect((await client.response()).status).toBe(200);
    const closed = gateway.close();
    await untilDoorIsClosed(gateway);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const response = await client.response();
    expect(response.status).toBe(200);
    expect(valuesOf(response, "connection")).toEqual(["close"]);
    await closed;
  });

  test("lets a request finish of which only a part has come", async () => {
    const { gateway } = await start(() => 0, { limits: { drainSeconds: 3 } });
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n");
    await delay(50);
    const closed = gateway.close();
    await delay(600);
    client.send("\r\n");
    expect((await client.response()).status).toBe(200);
    await closed;
  });

  test("closes idle connections soon, those too on which nothing was ever sent", async () => {
    const { gateway } = await start(() => 0, { limits: { drainSeconds: 20 } });
    const used = closing(await RawClient.open(gateway.url));
    used.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await used.response();
    const unused = closing(await RawClient.open(gateway.url));
    const begun = performance.now();
    await gateway.close();
    expect(performance.now() - begun).toBeLessThan(1_500);
    await used.untilClosed();
    await unused.untilClosed();
  });

  test("cuts off what is left after drainSeconds", async () => {
    const { gateway } = await start(() => 10_000, { limits: { drainSeconds: 0.4 } });
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await delay(50);
    const begun = performance.now();
    await gateway.close();
    expect(performance.now() - begun).toBeLessThan(1_500);
    await client.untilClosed();
  });

  test("without connections is over at once, and twice is once", async () => {
    const { gateway } = await start(() => 0);
    const begun = performance.now();
    await Promise.all([gateway.close(), gateway.close()]);
    expect(performance.now() - begun).toBeLessThan(200);
    await expect(RawClient.open(gateway.url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("says so on preflights and on its own failures too", async () => {
    const { gateway } = await start(() => 100);
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.response();
    const closed = gateway.close();
    await untilDoorIsClosed(gateway);
    client.send(
      "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example.com\r\nAccess-Control-Request-Method: PUT\r\n\r\n",
    );
    expect(valuesOf(await client.response("OPTIONS"), "connection")).toEqual(["close"]);
    await closed;
  });
});
