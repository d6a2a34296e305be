import { openPage, type PageRequestInit, type Transport } from "@corsmith/cors/browser";
import { transportFromPolicy } from "@corsmith/cors/testing";
import { describe, expect, test } from "vitest";
import { legsOf } from "../../src/timeline/legs.ts";
import { storyOf } from "../../src/timeline/story.ts";
import { lookedAt } from "../../src/timeline/words.ts";

const origin = "https://app.example.com";
const url = "https://api.example.com/orders";
const policy = transportFromPolicy({ allowOrigins: [origin], allowMethods: ["PUT"], maxAge: 600 });

const redirecting: Transport = async (request) =>
  request.url.endsWith("/old")
    ? {
        status: 302,
        headers: [
          ["Location", "/orders"],
          ["Access-Control-Allow-Origin", origin],
        ],
      }
    : await policy(request);

describe("a trace parts into the trips to the server", () => {
  test.each<readonly [string, string, PageRequestInit, Transport, readonly string[]]>([
    ["a plain GET is one", url, {}, policy, ["actual"]],
    ["a PUT asks first", url, { method: "PUT" }, policy, ["preflight", "actual"]],
    ["a refused DELETE is never sent", url, { method: "DELETE" }, policy, ["preflight"]],
    ["the page's own origin is one trip without checks", `${origin}/x`, {}, policy, ["actual"]],
    ["a redirect is a trip of its own", "https://api.example.com/old", {}, redirecting, ["actual", "actual"]],
    ["what the browser refuses at once goes nowhere", "http://api.example.com/", {}, policy, ["actual"]],
  ])("%s", async (_, address, init, transport, kinds) => {
    const trace = await openPage({ origin, transport }).trace(address, init);
    const legs = legsOf(trace);
    expect(legs.map(({ kind }) => kind)).toEqual(kinds);
    expect(legs.flatMap(({ before, after }) => [...before, ...after])).toHaveLength(trace.steps.length);
    expect(legs.flatMap(({ exchange }) => exchange ?? [])).toEqual(trace.exchanges);
  });

  test("each exchange stands with the checks that were about it", async () => {
    const trace = await openPage({ origin, transport: policy }).trace(url, { method: "PUT" });
    const [preflight, actual] = legsOf(trace);
    expect(preflight?.after.at(-1)?.step).toBe("cors-preflight-cache/store");
    expect(actual?.after.map(({ step }) => step)).toEqual(["cors-check/allow-origin"]);
  });
});

test("the header that refused is known by its step", async () => {
  const trace = await openPage({ origin, transport: policy }).trace(url, { method: "DELETE" });
  const failed = trace.steps.findLast(({ result }) => result === "failed");
  expect(failed === undefined ? undefined : lookedAt(failed)).toBe("access-control-allow-methods");
});

test.each([
  ["what was not sent", "DELETE", "the browser never sends the real request"],
  ["what was sent and is read", "GET", "the script can read it"],
])("the story ends with %s", async (_, method, end) => {
  const trace = await openPage({ origin, transport: policy }).trace(url, { method });
  expect(storyOf(trace, { page: origin, url, method, credentials: false }).at(-1)).toContain(end);
});
