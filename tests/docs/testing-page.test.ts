import { readFileSync } from "node:fs";
import { cors } from "@corsmith/cors/fetch";
import { assertAllowsCrossOrigin } from "@corsmith/cors/testing";
import { describe, expect, test } from "vitest";
import { readBlocks } from "./run/read-blocks.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const blocks = readBlocks(read("../../docs/guide/testing-in-your-suite.md"));

describe("the page on testing in one's own suite", () => {
  test("shows the tests that Vitest runs here", () => {
    expect(blocks.find(({ text }) => text.includes('from "vitest"'))?.text).toBe(read("vitest-example.test.ts").trim());
  });

  test("shows the failure that is printed", async () => {
    const guard = cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true, allowMethods: ["PUT"] });
    const api = guard(() => new Response());
    const asked = { origin: "https://app.example.com", method: "DELETE" };
    const thrown = await assertAllowsCrossOrigin(api, asked).catch((error: unknown) => error);
    const shown = blocks.find(({ language }) => language === "console");
    expect((thrown as Error).message).toBe(shown?.text);
  });
});
