import { describe, expect, test } from "vitest";
import { type Header, openPage } from "../../../src/browser/index.ts";
import { header, scriptedServer } from "../scripted-server.ts";

const b = "https://b.example/";
const anything = [["Access-Control-Allow-Origin", "*"]] as const;

async function askedFor(headers: readonly Header[]): Promise<string | undefined> {
  const server = scriptedServer({ [b]: { headers: anything } });
  const lines = headers.map(([name, value]): [string, string] => [name, value]);
  await openPage({ origin: "https://a.example", transport: server.transport }).trace(b, { headers: lines });
  const preflight = server.requests.find(({ method }) => method === "OPTIONS");
  return preflight && header(preflight, "access-control-request-headers");
}

describe("no preflight for", () => {
  test.each<Header>([
    ["Accept", "text/html"],
    ["Accept", "x".repeat(128)],
    ["Accept-Language", "de-CH, *;q=0.5"],
    ["Content-Language", "de"],
    ["Content-Type", "text/plain;charset=UTF-8"],
    ["Content-Type", "TEXT/PLAIN"],
    ["Content-Type", "multipart/form-data; boundary=x"],
    ["Content-Type", "application/x-www-form-urlencoded"],
    ["Range", "bytes=0-"],
    ["Range", "bytes=5-9"],
    ["Cookie", "forbidden=1"],
    ["Sec-Fetch-Site", "none"],
    ["Proxy-X", "1"],
    ["X-HTTP-Method-Override", "get, Trace"],
  ])("%s: %s", async (name, value) => {
    expect(await askedFor([[name, value]])).toBeUndefined();
  });
});

describe("a preflight for", () => {
  test.each<Header>([
    ["Accept", "x".repeat(129)],
    ["Accept", "a(b)"],
    ["Accept-Language", "de_CH"],
    ["Content-Type", "application/json"],
    ["Content-Type", 'text/plain; a="b"'],
    ["Content-Type", "text/plain, text/plain"],
    ["Content-Type", ""],
    ["Range", "bytes=-5"],
    ["Range", "bytes=9-5"],
    ["Range", "bytes=0-1,3-4"],
    ["Range", "BYTES=0-1"],
    ["Authorization", "Bearer t"],
    ["X-HTTP-Method-Override", "PUT"],
    ["User-Agent", "me"],
    ["DPR", "2"],
  ])("%s: %s", async (name, value) => {
    expect(await askedFor([[name, value]])).toBe(name.toLowerCase());
  });
});

test("names are asked for in lower case, sorted, each once, without blanks", async () => {
  expect(
    await askedFor([
      ["X-B", "1"],
      ["x-a", "1"],
      ["x-b", "2"],
      ["Accept", "*/*"],
    ]),
  ).toBe("x-a,x-b");
});

test("over 1,024 bytes of safe values all of them are asked for", async () => {
  const line = (): Header => ["Accept", "x".repeat(128)];
  expect(await askedFor(Array.from({ length: 8 }, line))).toBeUndefined();
  expect(await askedFor([...Array.from({ length: 8 }, line), ["Accept-Language", "d"]])).toBe("accept,accept-language");
});
