import { definePolicy, policyFromEnvironment } from "@corsmith/cors";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { stacks } from "../../src/policy/for-your-stack.tsx";

const policy = definePolicy({
  allowOrigins: ["https://app.example.com", "https://*.example.org"],
  allowCredentials: true,
  allowMethods: ["PUT"],
  allowHeaders: ["content-type"],
  maxAge: 600,
});
const plain = JSON.parse(JSON.stringify(policy));
const written = (id: string): string => stacks.find((stack) => stack.id === id)?.write(plain) ?? "";

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

  test.each(stacks.map(({ id, name }) => [name, id] as const))("for %s, as text that can be pasted", (_, id) => {
    expect(written(id)).toContain("https://*.example.org");
    expect(written(id)).not.toMatch(/undefined|crossOriginProtection/);
  });
});
