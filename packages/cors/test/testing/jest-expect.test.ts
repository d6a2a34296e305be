import { expect as jestExpect } from "expect";
import { describe, expect, test } from "vitest";
import { corsMatchers } from "../../src/testing/index.ts";

// What is inside of Jest as its global `expect`.
jestExpect.extend(corsMatchers);

declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> {
    toAllowCrossOrigin(request: Parameters<typeof corsMatchers.toAllowCrossOrigin>[1]): Promise<void>;
  }
}

const policy = { allowOrigins: ["https://app.example.com"] };
const friend = { origin: "https://app.example.com" };
const stranger = { origin: "https://evil.example" };

describe("Jest's expect", () => {
  test("passes what is allowed, and under .not what is refused", async () => {
    await jestExpect(policy).toAllowCrossOrigin(friend);
    await jestExpect(policy).not.toAllowCrossOrigin(stranger);
  });

  test.each([
    ["toAllowCrossOrigin", () => jestExpect(policy).toAllowCrossOrigin(stranger), "Expected the server to allow"],
    [".not", () => jestExpect(policy).not.toAllowCrossOrigin(friend), "Expected the server not to allow"],
    [
      ".not, without an answer",
      () => jestExpect({ transport: dead }).not.toAllowCrossOrigin(friend),
      "There is no verdict",
    ],
  ])("fails with the trace: %s", async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
    await expect(run()).rejects.toThrow("What the browser did:");
  });
});

const dead = (): Promise<never> => Promise.reject(new Error("gone"));
