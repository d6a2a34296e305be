import { describe, expect, test } from "vitest";
import { readPolicyText } from "../../src/policy/policy-text.ts";

describe("a policy is read as it is written", () => {
  test.each([
    ["YAML", "allowOrigins: [https://app.example.com]\n"],
    ["JSON", '{ "allowOrigins": ["https://app.example.com"] }'],
  ])("in %s", (_, text) => {
    expect(readPolicyText(text)).toMatchObject({ findings: [], policy: { allowOrigins: ["https://app.example.com"] } });
  });

  test.each([
    ["a slash too many", "allowOrigins:\n  - https://a.example\n  - https://b.example/\n", 3, "origin-trailing-slash"],
    ["a key that there is not", "allowOrigins: ['*']\nallowOrigin: x\n", 2, "key-unknown"],
    ["no policy at all", "- 1\n", 1, "policy-not-an-object"],
    ["a bracket that is never closed", "allowOrigins: [\n", 2, "policy-not-readable"],
    ["nothing", "", 1, "policy-not-an-object"],
  ])("with %s found on its line", (_, text, line, code) => {
    const { findings, policy } = readPolicyText(text);
    expect(findings).toContainEqual(expect.objectContaining({ line, code, severity: "error" }));
    expect(policy).toBeUndefined();
  });
});
