import { definePolicy, policyFromEnvironment } from "@corsmith/cors";
import { type PolicyStack, policySnippets } from "@corsmith/cors/explain";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const policy = definePolicy({
  allowOrigins: ["https://app.example.com", "https://*.example.org"],
  allowCredentials: true,
  allowMethods: ["PUT"],
  allowHeaders: ["content-type"],
  maxAge: 600,
});
const snippets = policySnippets(JSON.parse(JSON.stringify(policy)));
const written = (wanted: PolicyStack): string => snippets.find(({ stack }) => stack === wanted)?.code ?? "";

describe("the same policy elsewhere means the same", () => {
  test.each([
    ["YAML", () => parse(written("yaml")).policy],
    ["JSON", () => JSON.parse(written("json"))],
  ])("in %s", (_, read) => {
    expect(JSON.stringify(definePolicy(read()))).toBe(JSON.stringify(policy));
  });

  test("in the environment", () => {
    const lines = written("environment").trim().split("\n");
    const environment = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
    const { input } = policyFromEnvironment(environment);
    expect(JSON.stringify(definePolicy(input))).toBe(JSON.stringify(policy));
  });

  test.each(snippets.map(({ title, code }) => [title, code] as const))(
    "for %s, as text that can be pasted",
    (_, code) => {
      expect(code).toContain("https://*.example.org");
      expect(code).not.toMatch(/undefined|crossOriginProtection/);
    },
  );
});

test("long lists and switches are YAML and JavaScript alike", () => {
  const allowOrigins = Array.from({ length: 20 }, (_, index) => `https://app-${index}.example.com`);
  const input = { allowOrigins, dangerously: { allowNullOrigin: true } };
  const [yaml] = policySnippets(input);
  expect(parse(yaml?.code ?? "").policy).toEqual(input);
  const code = policySnippets(input).find(({ stack }) => stack === "hono")?.code ?? "";
  const literal = /const policy = (\{.*?\n\});/s.exec(code)?.[1] ?? "";
  expect(new Function(`return ${literal}`)()).toEqual(input);
});
