import { describe, expect, test } from "vitest";
import { checkApi } from "../../packages/corsmith/src/check/check-api.ts";
import type { CheckRequest } from "../../packages/corsmith/src/check/check-request.ts";
import { always, ScriptedApi } from "../../packages/corsmith/test/check/support/scripted-api.ts";
import { chromiumPath } from "../support/chromium.ts";
import { requireProgram } from "../support/real-thing.ts";

// A page of the machine itself: what a browser asks of the open web before it lets it in here is another matter.
const origin = "http://localhost:5173";

function requestTo(api: ScriptedApi, more: Partial<CheckRequest> = {}): CheckRequest {
  return { url: `${api.url}/orders`, origin, method: "GET", headers: [], credentials: false, ...more };
}

describe.skipIf(!requireProgram(chromiumPath, "chromium"))("the same request in real Chromium", () => {
  test.for([
    [
      "is let through",
      always(200, { "Access-Control-Allow-Origin": origin }),
      { verdict: "allowed", says: "status 200" },
    ],
    [
      "is blocked, with Chromium's own code",
      always(200, { "Access-Control-Allow-Origin": `${origin}/` }),
      { verdict: "blocked", code: "AllowOriginMismatch" },
    ],
  ] as const)("%s", { timeout: 60_000 }, async ([, script, expected]) => {
    await using api = await ScriptedApi.start(script);
    const report = await checkApi(requestTo(api), { browser: "chromium", timeoutSeconds: 30 });
    expect(report.verdict).toBe(expected.verdict);
    expect(report.browser).toMatchObject({ engine: "chromium", version: expect.stringMatching(/^\d/), ...expected });
  });

  test("is not made where it may change data", async () => {
    await using api = await ScriptedApi.start(
      always(200, { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": "PUT" }),
    );
    const { browser } = await checkApi(requestTo(api, { method: "PUT" }), { browser: "chromium" });
    expect(browser).toMatchObject({ verdict: "not-asked", says: expect.stringContaining("--send lets it") });
    expect(api.asked.filter((line) => line.startsWith("PUT"))).toEqual([]);
  });
});
