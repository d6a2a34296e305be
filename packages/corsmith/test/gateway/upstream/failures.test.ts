import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { closingAfterEach } from "../support/closing.ts";
import { ask, RawClient, valuesOf } from "../support/raw-client.ts";
import { type CannedAnswer, startRecordingUpstream } from "../support/recording-upstream.ts";
import {
  allowedOrigin,
  recordingLog,
  refusedOrigin,
  startTestGateway,
  type TestGatewayOptions,
} from "../support/start-test-gateway.ts";

const closing = closingAfterEach();

async function start(answer: CannedAnswer, options: TestGatewayOptions = {}) {
  const upstream = closing(await startRecordingUpstream(() => answer));
  const gateway = closing(await startTestGateway(upstream.url, options));
  return { upstream, gateway };
}

const bodies = ["", "Content-Length: 2\r\n"] as const;
const post = (field: string, origin = allowedOrigin) =>
  `POST /orders?token=secret HTTP/1.1\r\nHost: a\r\nOrigin: ${origin}\r\nAuthorization: Bearer secret\r\n${field}\r\n${field && "ok"}`;

/** [what the upstream does, how, the status, the code] */
const failures: readonly (readonly [string, CannedAnswer, number, string])[] = [
  ["closes without an answer", (socket: Socket) => socket.end(), 502, "upstream-closed"],
  ["resets without an answer", (socket: Socket) => socket.resetAndDestroy(), 502, "upstream-closed"],
  [
    "closes in the middle of the head",
    (socket: Socket) => socket.end("HTTP/1.1 200 OK\r\nX-A"),
    502,
    "upstream-closed",
  ],
  ["answers with something else than HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", 502, "upstream-invalid-answer"],
  [
    "answers with two ways to delimit the body",
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    502,
    "upstream-invalid-answer",
  ],
  [
    "answers in a coding that is not undone",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    502,
    "upstream-invalid-answer",
  ],
  [
    "answers with too large a head",
    `HTTP/1.1 200 OK\r\nX-A: ${"a".repeat(70_000)}\r\n\r\n`,
    502,
    "upstream-invalid-answer",
  ],
  ["says nothing", () => undefined, 504, "upstream-timeout"],
  ["says only 103", "HTTP/1.1 103 Early Hints\r\n\r\n", 504, "upstream-timeout"],
  [
    "switches to what was not asked for",
    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    502,
    "upstream-closed",
  ],
];

describe("S77: when the upstream fails, the gateway answers under the policy", () => {
  describe.each(bodies)("(request %j)", (field) => {
    test.each(failures)("it %s", async (_what, answer, status, code) => {
      const { gateway } = await start(answer, { upstreamTimeoutSeconds: 0.2 });
      const response = await ask(gateway.url, post(field));
      expect(response.status).toBe(status);
      expect(valuesOf(response, "access-control-allow-origin")).toEqual([allowedOrigin]);
      expect(valuesOf(response, "access-control-allow-credentials")).toEqual(["true"]);
      expect(valuesOf(response, "vary")).toEqual(["Origin"]);
      expect(valuesOf(response, "content-type")).toEqual(["application/json"]);
      expect(valuesOf(response, "cache-control")).toEqual(["no-store"]);
      expect(JSON.parse(response.body)).toEqual({
        status,
        code,
        message: expect.stringMatching(/^The API behind this gateway /),
      });
    });

    test("it is stopped", async () => {
      const { upstream, gateway } = await start("");
      await upstream.close();
      for (const [origin, expected] of [
        [allowedOrigin, [allowedOrigin]],
        [refusedOrigin, []],
      ] as const) {
        const response = await ask(gateway.url, post(field, origin));
        expect(response.status).toBe(502);
        expect(JSON.parse(response.body)).toMatchObject({ code: "upstream-unreachable" });
        expect(valuesOf(response, "access-control-allow-origin")).toEqual(expected);
        expect(valuesOf(response, "vary")).toEqual(["Origin"]);
      }
    });
  });

  test("its name is unknown", async () => {
    const gateway = closing(await startTestGateway(new URL("http://upstream.invalid:1")));
    for (const field of bodies) {
      const response = await ask(gateway.url, post(field));
      expect(response.status).toBe(502);
      expect(JSON.parse(response.body)).toMatchObject({ code: "upstream-unreachable" });
      expect(response.body).not.toContain("invalid");
    }
  });

  test("the client's connection stays usable, and works again when the upstream does", async () => {
    let up = false;
    const upstream = closing(
      await startRecordingUpstream(() =>
        up ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" : (socket: Socket) => socket.destroy(),
      ),
    );
    const gateway = closing(await startTestGateway(upstream.url));
    const client = closing(await RawClient.open(gateway.url));
    client.send(post(bodies[1]));
    expect((await client.response()).status).toBe(502);
    up = true;
    client.send(post(bodies[1]));
    expect((await client.response()).status).toBe(200);
  });

  test("the time of a slow client is not the upstream's", async () => {
    const { gateway } = await start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", { upstreamTimeoutSeconds: 0.2 });
    const client = closing(await RawClient.open(gateway.url));
    client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
    for (const byte of "abcd") {
      await new Promise((resolve) => setTimeout(resolve, 150));
      client.send(byte);
    }
    expect((await client.response()).status).toBe(200);
  });

  test("the log says why, for the operator, and how often", async () => {
    const { log, lines } = recordingLog();
    const { upstream, gateway } = await start("", { log });
    await upstream.close();
    for (let count = 0; count < 30; count += 1) await ask(gateway.url, post("", "http://a"));
    await gateway.close();
    const told = lines.filter((line) => line["code"] === "upstream-unreachable" && line["suppressed"] === undefined);
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(15);
    expect(told[0]).toMatchObject({ level: 50, cause: "ECONNREFUSED", status: 502 });
    expect(lines.at(-1)).toMatchObject({ code: "upstream-unreachable", suppressed: 30 - told.length });
  });
});

describe("time and size", () => {
  test("a client that does not finish its head gets 408", async () => {
    const { gateway } = await start("", { limits: { headerSeconds: 0.2, requestSeconds: 0.4 } });
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n");
    expect(JSON.parse((await client.response()).body)).toMatchObject({ status: 408, code: "request-timeout" });
    await client.untilClosed();
  });

  test("a client that does not finish its body gets 408 under the policy", async () => {
    const { upstream, gateway } = await start("", { limits: { headerSeconds: 0.2, requestSeconds: 0.4 } });
    const client = closing(await RawClient.open(gateway.url));
    client.send(`PUT / HTTP/1.1\r\nHost: a\r\nOrigin: ${allowedOrigin}\r\nContent-Length: 5\r\n\r\nab`);
    const response = await client.response();
    expect(response.status).toBe(408);
    expect(valuesOf(response, "access-control-allow-origin")).toEqual([allowedOrigin]);
    expect(upstream.requests).toEqual([]);
  });

  test("an idle connection is closed after keepAliveSeconds", async () => {
    const { gateway } = await start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", {
      limits: { keepAliveSeconds: 0.2 },
    });
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.response();
    await client.untilClosed(3_000);
  });

  test.each([
    [{ headerBytes: 0 }, "limits.headerBytes is 0"],
    [{ headerCount: 1.5 }, "limits.headerCount is 1.5"],
    [{ drainSeconds: -1 }, "limits.drainSeconds is -1"],
    [{ requestSeconds: Number.NaN }, "limits.requestSeconds is NaN"],
    [{ requestSeconds: 10 }, "limits.requestSeconds is 10, less than limits.headerSeconds"],
  ])("%j is refused with the name, the value and the fix", async (limits, message) => {
    const started = startTestGateway(new URL("http://127.0.0.1:1"), { limits });
    await expect(started).rejects.toThrow(message);
    await expect(started).rejects.toThrow("Fix:");
  });

  test("a taken port is the error of listen", async () => {
    const { gateway } = await start("");
    const again = startTestGateway(new URL("http://127.0.0.1:1"), {
      listen: { host: "127.0.0.1", port: Number(gateway.url.port) },
    });
    await expect(again).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
