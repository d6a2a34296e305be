import { expect, test } from "vitest";
import { decide, definePolicy, mergeExposeHeaders, type RequestFacts, respond } from "../../src/index.ts";

const app = "https://app.example.com";
const page: RequestFacts = { method: "GET", origin: app };

test.each<
  readonly [string, readonly string[], RequestFacts, string | readonly string[], string | undefined, readonly string[]]
>([
  ["adds names", ["etag"], page, "Location, upload-offset", "etag, Location, upload-offset", []],
  ["takes several lines", [], page, ["a", "b, c"], "a, b, c", []],
  ["says each name once, in whatever case", ["etag"], page, "ETag, a, A", "etag, a", []],
  ["passes over empty members", [], page, " , a,, b ,", "a, b", []],
  ["leaves out what is not a name", ["etag"], page, "a, b c, d:", "etag, a", ["b c", "d:"]],
  ["leaves out the wildcard", ["etag"], page, "*", "etag", ["*"]],
  ["says nothing where there is no name", [], page, "*", undefined, ["*"]],
  ["keeps the policy's own wildcard", ["*"], page, "a, *", "*", []],
  [
    "says nothing to an origin that is refused",
    ["etag"],
    { method: "GET", origin: "https://evil.example" },
    "a",
    undefined,
    [],
  ],
  ["says nothing in a preflight", ["etag"], { ...page, method: "OPTIONS", requestMethod: "PUT" }, "a", undefined, []],
])("%s", (_, exposeHeaders, facts, lines, expected, dropped) => {
  const answer = respond(decide(definePolicy({ allowOrigins: [app], exposeHeaders }), facts));
  const merged = mergeExposeHeaders(answer, lines);
  expect(merged.headers.find(([name]) => name === "Access-Control-Expose-Headers")?.[1]).toBe(expected);
  expect(merged.dropped).toEqual(dropped);
  expect(merged.headers.filter(([name]) => name !== "Access-Control-Expose-Headers")).toEqual(
    answer.headers.filter(([name]) => name !== "Access-Control-Expose-Headers"),
  );
});
