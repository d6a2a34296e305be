import { explanations, type Facts, snippets } from "@corsmith/cors/explain";
import { describe, expect, test } from "vitest";
import { checkPolicy } from "../../src/index.ts";

const origins = [
  "https://app.example.com",
  "http://app.example.com",
  "http://app.example.com:8080",
  "http://localhost:3000",
  "http://127.0.0.1:3000",
  "http://[::1]:3000",
  "http://127.1",
  "https://app.example.com:443",
  "http://app.example.com:80",
  "https://app.example.com:0",
  "https://app.example.com:99999",
  "https://a_b.example.com",
  "https://a..b",
  "https://app.example.com.",
  "https://*.example.com",
  "https://*.vercel.app",
  "capacitor://localhost",
  "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb",
  "file://",
  "file://x",
  "ws://app.example.com",
  "null",
];
const methods = ["PUT", "patch", "CONNECT", "trace", "OPTIONS", "a b"];
const headers = ["x-a", "Cookie", "origin", "access-control-allow-origin", "set-cookie", "authorization", "sec-x", "*"];

const facts: readonly Facts[] = origins.flatMap((origin) =>
  methods.flatMap((method, index) => headers.slice(index).map((header) => ({ origin, method, header }))),
);

describe("the lines for our own stacks", () => {
  test("are a policy that can be built, whatever the page, the method and the header", () => {
    const cases = Object.values(explanations).flatMap(({ code }) => facts.map((known) => ({ code, known })));
    const policies = cases.flatMap(({ code, known }) => {
      const found = snippets(code, known).find(({ stack }) => stack === "corsmith-cors");
      return found === undefined ? [] : [{ code, known, policy: policyIn(found.code) }];
    });
    const refused = policies.filter(({ policy }) => checkPolicy(policy).some(({ severity }) => severity === "error"));
    expect(refused.slice(0, 3)).toEqual([]);
    expect(policies.length).toBeGreaterThan(10_000);
  });

  test("name the user's own page where a policy can have it, with the switch that it needs", () => {
    const code = "allow-credentials-not-true";
    const written = (origin: string) => snippets(code, { origin }).find(({ stack }) => stack === "corsmith")?.code;
    expect(written("http://app.example.com")).toContain("allowInsecureOrigins: true");
    expect(written("http://localhost:3000")).not.toContain("dangerously");
    expect(written("https://a_b.example.com")).toContain('"https://a_b.example.com"');
    expect(written("file://")).toContain('"https://app.example.com"');
  });
});

/** The policy that stands in the lines, key by key. */
function policyIn(code: string): unknown {
  const lines = [...code.matchAll(/^ {2}(\w+): (.*),$/gm)];
  return Object.fromEntries(lines.map(([, key = "", value = ""]) => [key, JSON.parse(quoteKeys(value))]));
}

/** The switches of a policy as JSON has them. */
function quoteKeys(value: string): string {
  return value.startsWith("{") ? value.replace(/(\w+):/g, '"$1":') : value;
}
