import { describe, expect, test } from "vitest";
import { printable } from "../../src/http/printable.ts";
import { decide, definePolicy, type RequestFacts } from "../../src/index.ts";
import { type DecisionRecord, decisionRecord } from "../../src/observe/decision-record.ts";

const app = "https://app.example.com";
const policy = definePolicy({ allowOrigins: [app], allowMethods: ["PUT"], allowHeaders: ["x-a"] });

function recordOf(facts: RequestFacts, url?: string): Partial<DecisionRecord> {
  const decision = decide(policy, facts);
  const { time, answer, ...record } = decisionRecord(decision, facts, url);
  expect(decision).toMatchObject({ ...answer });
  expect(Math.abs(Date.now() - time)).toBeLessThan(5_000);
  return record;
}

const preflight = (method: string, headers: string): RequestFacts => ({
  method: "OPTIONS",
  origin: app,
  requestMethod: method,
  requestHeaders: headers,
});

describe("the record of a decision", () => {
  test.each<readonly [string, RequestFacts, Partial<DecisionRecord>]>([
    [
      "S98: allowed",
      { method: "POST", origin: app },
      { kind: "actual", reason: "allowed", preflight: false, method: "POST", origin: app, refused: [] },
    ],
    [
      "S98: not cross-origin",
      { method: "GET" },
      { kind: "actual", reason: "not-cross-origin", preflight: false, method: "GET", refused: [] },
    ],
    [
      "S98: a refused origin",
      { method: "GET", origin: "https://evil.example" },
      {
        kind: "actual",
        reason: "origin-refused",
        preflight: false,
        method: "GET",
        origin: "https://evil.example",
        refused: [],
      },
    ],
    [
      "S98: a refused method is named",
      preflight("DELETE", ""),
      {
        reason: "method-refused",
        kind: "preflight",
        preflight: true,
        status: 204,
        method: "OPTIONS",
        origin: app,
        refused: ["DELETE"],
        requestedMethod: "DELETE",
        requestedHeaders: "",
      },
    ],
    [
      "S98: refused headers are named",
      preflight("PUT", "x-a, x-z, x-y"),
      {
        reason: "headers-refused",
        kind: "preflight",
        preflight: true,
        status: 204,
        method: "OPTIONS",
        origin: app,
        refused: ["x-z", "x-y"],
        requestedMethod: "PUT",
        requestedHeaders: "x-a, x-z, x-y",
      },
    ],
    [
      "S98: a malformed header is named",
      { method: "GET", origin: "x y" },
      { kind: "actual", reason: "malformed", preflight: false, method: "GET", origin: "x y", refused: ["origin"] },
    ],
  ])("%s", (_, facts, record) => {
    expect(recordOf(facts)).toEqual(record);
  });

  test.each([
    ["/orders?token=secret", "/orders"],
    ["/orders#top", "/orders"],
    ["https://api.example.com/orders/1?q=https://x.example/y", "/orders/1"],
    ["https://api.example.com", "/"],
    ["https://api.example.com?q", "/"],
    ["*", "*"],
    ["/next?url=https://x.example/y", "/next"],
    ["/go/https://x.example/y", "/go/https://x.example/y"],
    ["/a\r\nb\u001b[31m", "/a\\x0d\\x0ab\\x1b[31m"],
  ])("the target %j is shown as the path %j", (url, path) => {
    expect(recordOf({ method: "GET" }, url).path).toBe(path);
  });

  test("S100: whatever a client wrote is escaped and of bounded length", () => {
    const long = "€\n\u001b".repeat(5_000);
    const facts: RequestFacts = { method: long, origin: long };
    const names = Array.from({ length: 200 }, (_, index) => `x-${index}-${"a".repeat(20)}`).join(",");
    const records = [
      recordOf(facts, `/${long}`),
      recordOf(preflight(`A${"B".repeat(9_000)}`, "")),
      recordOf(preflight("PUT", names)),
    ];
    for (const record of records) {
      const text = JSON.stringify(record);
      expect(text).toMatch(/^[\x20-\x7e]+$/);
      expect(text.length).toBeLessThan(7_000);
    }
    expect(records[2]?.refused?.length).toBe(32);
  });

  test("holds the longest origin that a browser can send whole", () => {
    const origin = `https://${"a".repeat(60)}.${"b.".repeat(90)}example:65535`;
    expect(recordOf({ method: "GET", origin }).origin).toBe(origin);
  });
});

describe("printable text", () => {
  test.each([
    ["plain", "plain"],
    ["back\\slash", "back\\\\slash"],
    ["\\x0a", "\\\\x0a"],
    ["line\nbreak", "line\\x0abreak"],
    ["é", "\\xe9"],
    ["\u202e", "\\u202e"],
    ["0123456789abc", "0123456789..."],
  ])("%j is written %j", (text, written) => {
    expect(printable(text, 10)).toBe(written);
  });
});
