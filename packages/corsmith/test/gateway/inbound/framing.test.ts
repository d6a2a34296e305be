import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Gateway } from "../../../src/gateway/gateway.ts";
import { ask, RawClient, valuesOf } from "../support/raw-client.ts";
import { plainAnswer, type RecordingUpstream, startRecordingUpstream } from "../support/recording-upstream.ts";
import { allowedOrigin, startTestGateway } from "../support/start-test-gateway.ts";

let upstream: RecordingUpstream;
let gateway: Gateway;

beforeAll(async () => {
  upstream = await startRecordingUpstream();
  gateway = await startTestGateway(upstream.url);
});

afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const post = "POST / HTTP/1.1\r\nHost: api.example\r\n";
const get = "GET / HTTP/1.1\r\nHost: api.example\r\n";

/** [what is tried, the bytes, the status] */
const tricks: readonly (readonly [string, string, number])[] = [
  ["two Host lines", `${get}Host: other.example\r\n\r\n`, 400],
  ["two Host lines that are alike", `${get}Host: api.example\r\n\r\n`, 400],
  ["no Host", "GET / HTTP/1.1\r\n\r\n", 400],
  ["an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400],
  ["a Host with a path", "GET / HTTP/1.1\r\nHost: api.example/x\r\n\r\n", 400],
  ["a Host with a user", "GET / HTTP/1.1\r\nHost: user@api.example\r\n\r\n", 400],
  ["a Host that is a list", "GET / HTTP/1.1\r\nHost: a.example, b.example\r\n\r\n", 400],
  ["a Host with a space in it", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400],
  [
    "Content-Length, then Transfer-Encoding",
    `${post}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  [
    "Transfer-Encoding, then Content-Length",
    `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ["a coding before chunked", `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, 400],
  ["identity", `${post}Transfer-Encoding: identity\r\n\r\n`, 400],
  ["chunked twice in a line", `${post}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`, 400],
  ["chunked in two lines", `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ["chunked, then identity", `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`, 400],
  ["an empty Transfer-Encoding", `${post}Transfer-Encoding:\r\n\r\n`, 400],
  ["a vertical tab before chunked", `${post}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`, 400],
  ["chunked in quotes", `${post}Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n`, 400],
  ["chunked with a parameter", `${post}Transfer-Encoding: chunked;x=1\r\n\r\n0\r\n\r\n`, 400],
  [
    "Transfer-Encoding on HTTP/1.0",
    "POST / HTTP/1.0\r\nHost: api.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    400,
  ],
  ["two Content-Lengths that differ", `${post}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`, 400],
  ["two Content-Lengths that are alike", `${post}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`, 400],
  ["a list of Content-Lengths", `${post}Content-Length: 3, 3\r\n\r\nabc`, 400],
  ["a Content-Length with a sign", `${post}Content-Length: +3\r\n\r\nabc`, 400],
  ["a hexadecimal Content-Length", `${post}Content-Length: 0x3\r\n\r\nabc`, 400],
  ["a negative Content-Length", `${post}Content-Length: -1\r\n\r\n`, 400],
  ["an empty Content-Length", `${post}Content-Length:\r\n\r\n`, 400],
  ["a Content-Length of 2^64 - 1", `${post}Content-Length: 18446744073709551615\r\n\r\n`, 400],
  ["a Content-Length beyond 2^64", `${post}Content-Length: 99999999999999999999\r\n\r\n`, 400],
  ["a folded line", `${get}X-A: a\r\n b\r\n\r\n`, 400],
  ["a line folded with a tab", `${get}X-A: a\r\n\tb\r\n\r\n`, 400],
  ["a folded Transfer-Encoding", `${post}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`, 400],
  ["a first line that is folded", "GET / HTTP/1.1\r\n Host: api.example\r\n\r\n", 400],
  ["a space before the colon", `${get}X-A : b\r\n\r\n`, 400],
  ["a space before the colon of Transfer-Encoding", `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`, 400],
  ["a bare CR in a value", `${get}X-A: a\rb\r\n\r\n`, 400],
  ["a bare CR before another field", `${get}X-A: a\rTransfer-Encoding: chunked\r\n\r\n`, 400],
  ["a bare LF at the end of a field", `${get}X-A: a\n\r\n`, 400],
  ["bare LFs throughout", "GET / HTTP/1.1\nHost: api.example\n\n", 400],
  ["a NUL in a value", `${get}X-A: a\0b\r\n\r\n`, 400],
  ["a field without a name", `${get}: b\r\n\r\n`, 400],
  ["a field without a colon", `${get}foo\r\n\r\n`, 400],
  ["a byte beyond ASCII in a name", `${get}X-\xe9: b\r\n\r\n`, 400],
  ["the absolute form for another host", "GET http://other.example/x HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["the absolute form for another port", "GET http://api.example:81/x HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["the absolute form with a user", "GET http://u:p@api.example/ HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["the absolute form of another scheme", "GET ftp://api.example/ HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["a fragment", "GET /x#y HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["a fragment behind the query", "GET /x?y#z HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["* for a method other than OPTIONS", "GET * HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["a target without a slash", "GET x HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["a control character in the target", "GET /a\x01b HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["a tab in the target", "GET /a\tb HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["a space in the target", "GET /a b HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["CONNECT", "CONNECT api.example:443 HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["a method in lower case", "get / HTTP/1.1\r\nHost: api.example\r\n\r\n", 400],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
  ["HTTP/2.0 in the request line", "GET / HTTP/2.0\r\nHost: api.example\r\n\r\n", 505],
  ["HTTP/0.9", "GET /\r\n\r\n", 505],
  ["HTTP/1.2", "GET / HTTP/1.2\r\nHost: api.example\r\n\r\n", 400],
  ["an unknown expectation", `${post}Expect: tea\r\nContent-Length: 0\r\n\r\n`, 417],
  ["more header lines than the limit", `${get}${"X-A: b\r\n".repeat(100)}\r\n`, 431],
  ["more header lines than Node's own limit", `${get}${"X: \r\n".repeat(2_100)}\r\n`, 431],
  ["more header bytes than the limit", `${get}X-A: ${"b".repeat(16_384)}\r\n\r\n`, 431],
  ["far more header bytes than the limit", `${get}X-A: ${"b".repeat(60_000)}\r\n\r\n`, 431],
  ["a target over the limit", `GET /${"a".repeat(16_384)} HTTP/1.1\r\nHost: api.example\r\n\r\n`, 431],
];

describe("a trick with the message's framing is refused and never forwarded", () => {
  test.each(tricks)("%s", async (_what, bytes, status) => {
    const before = upstream.requests.length;
    const response = await ask(gateway.url, bytes);
    expect(response.status).toBe(status);
    expect(valuesOf(response, "connection")).toEqual(["close"]);
    expect(JSON.parse(response.body)).toEqual({ status, code: expect.any(String), message: expect.any(String) });
    expect(upstream.requests.length).toBe(before);
  });

  test("what is pipelined behind it is not served, also if it had to wait for an answer before it", async () => {
    const slow = await startRecordingUpstream(() => (socket) => void setTimeout(() => socket.write(plainAnswer), 50));
    const waiting = await startTestGateway(slow.url);
    const client = await RawClient.open(waiting.url);
    client.send(`${get}\r\n${get}Host: other.example\r\n\r\nGET /admin HTTP/1.1\r\nHost: api.example\r\n\r\n`);
    expect((await client.response()).status).toBe(200);
    expect((await client.response()).status).toBe(400);
    await client.untilClosed();
    await delay(50);
    expect(slow.requests.length).toBe(1);
    await waiting.close();
    await slow.close();
  });

  test("the bytes behind it are not taken for a request", async () => {
    const before = upstream.requests.length;
    const smuggled = "GET /admin HTTP/1.1\r\nHost: api.example\r\n\r\n";
    await ask(gateway.url, `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`);
    await ask(gateway.url, `${get}Host: other.example\r\n\r\n${smuggled}`);
    await ask(gateway.url, `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n${smuggled}`);
    await delay(100);
    expect(upstream.requests.length).toBe(before);
  });
});

/** [what is tried, the bytes] */
const brokenBodies: readonly (readonly [string, string])[] = [
  ["a chunk size that is no number", "zz\r\nabc\r\n0\r\n\r\n"],
  ["a chunk size with 0x", "0x3\r\nabc\r\n0\r\n\r\n"],
  ["a chunk size beyond 2^64", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"],
  ["a space behind the chunk size", "3 \r\nabc\r\n0\r\n\r\n"],
  ["a bare LF behind the chunk size", "3\nabc\r\n0\r\n\r\n"],
  ["a bare LF behind a chunk extension", "3;a\nabc\r\n0\r\n\r\n"],
  ["a chunk longer than it says", "3\r\nabcd\r\n0\r\n\r\n"],
  ["Content-Length in the trailers", "3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n"],
];

describe("a body that breaks off in the middle is refused under the policy, and the upstream does not get it whole", () => {
  test.each(brokenBodies)("%s", async (_what, body) => {
    const before = upstream.requests.length;
    const origin = `Origin: ${allowedOrigin}\r\n`;
    const response = await ask(gateway.url, `${post}${origin}Transfer-Encoding: chunked\r\n\r\n${body}`);
    expect(response.status).toBe(400);
    expect(valuesOf(response, "access-control-allow-origin")).toEqual([allowedOrigin]);
    expect(upstream.requests.length).toBe(before);
  });
});

describe("what is only unusual is served", () => {
  test.each([
    ["the absolute form", "GET http://API.example/x?y HTTP/1.1\r\nHost: api.example\r\n\r\n", "GET /x?y HTTP/1.1"],
    [
      "the absolute form without a path",
      "GET http://api.example?y HTTP/1.1\r\nHost: api.example\r\n\r\n",
      "GET /?y HTTP/1.1",
    ],
    ["OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: api.example\r\n\r\n", "OPTIONS * HTTP/1.1"],
    ["empty lines before the request", "\r\n\r\nGET /late HTTP/1.1\r\nHost: api.example\r\n\r\n", "GET /late HTTP/1.1"],
    ["HTTP/1.0 without Host", "GET /old HTTP/1.0\r\n\r\n", "GET /old HTTP/1.1"],
    ["a port in Host", "GET /port HTTP/1.1\r\nHost: api.example:8080\r\n\r\n", "GET /port HTTP/1.1"],
    ["an IPv6 Host", "GET /six HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "GET /six HTTP/1.1"],
    [
      "a GET with a body",
      "GET /body HTTP/1.1\r\nHost: api.example\r\nContent-Length: 3\r\n\r\nabc",
      "GET /body HTTP/1.1",
    ],
    [
      "100 header lines",
      `GET /many HTTP/1.1\r\nHost: api.example\r\n${"X-A: b\r\n".repeat(99)}\r\n`,
      "GET /many HTTP/1.1",
    ],
  ])("%s", async (_what, bytes, line) => {
    const response = await ask(gateway.url, bytes);
    expect(response.status).toBe(200);
    expect(upstream.requests.at(-1)?.line).toBe(line);
  });
});

describe("a refusal of the gateway's own carries the CORS headers whenever the request can be read", () => {
  test.each([
    ["400 for two Host lines", `${get}Host: b\r\nOrigin: ${allowedOrigin}\r\n\r\n`, 400],
    ["431 for too many lines", `${get}Origin: ${allowedOrigin}\r\n${"X-A: b\r\n".repeat(120)}\r\n`, 431],
    ["431 for too many bytes", `${get}Origin: ${allowedOrigin}\r\nX-A: ${"b".repeat(17_000)}\r\n\r\n`, 431],
    ["417", `${post}Origin: ${allowedOrigin}\r\nExpect: tea\r\n\r\n`, 417],
  ])("%s", async (_what, bytes, status) => {
    const response = await ask(gateway.url, bytes);
    expect(response.status).toBe(status);
    expect(valuesOf(response, "access-control-allow-origin")).toEqual([allowedOrigin]);
    expect(valuesOf(response, "vary")).toEqual(["Origin"]);
  });
});
