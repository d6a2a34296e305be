import { expect, test } from "vitest";
import { headerLines } from "../../src/http/header-lines.ts";
import type { RawRequest } from "../../src/http/node-messages.ts";

test.each<readonly [string, unknown, readonly string[] | undefined]>([
  [
    "raw lines, as they came",
    { rawHeaders: ["Origin", "a", "Origin", "b"], headers: { origin: "a" } },
    ["Origin", "a", "Origin", "b"],
  ],
  ["raw lines alone", { rawHeaders: ["A", "1"] }, ["A", "1"]],
  ["headers, where the raw lines are empty", { rawHeaders: [], headers: { Origin: "a" } }, ["Origin", "a"]],
  [
    "headers, where there are no raw lines",
    { headers: { origin: "a", "x-b": ["1", "2"] } },
    ["origin", "a", "x-b", "1", "x-b", "2"],
  ],
  ["headers with an absent value", { headers: { origin: undefined } }, []],
  ["headers of the Fetch form", { headers: new Headers({ Origin: "a" }) }, ["origin", "a"]],
  [
    "a number, as serverless-http leaves it",
    { rawHeaders: [], headers: { "content-length": 2, origin: "a" } },
    ["content-length", "2", "origin", "a"],
  ],
  ["a request without headers", { rawHeaders: [], headers: {} }, []],
  ["empty raw lines alone", { rawHeaders: [] }, []],
  ["neither", {}, undefined],
  ["raw lines that are not a list", { rawHeaders: "Origin: a", headers: { origin: "a" } }, undefined],
  ["raw lines that are not text", { rawHeaders: [["Origin", "a"]] }, undefined],
  ["headers that are not an object", { headers: "Origin: a" }, undefined],
  ["headers that are null", { rawHeaders: [], headers: null }, undefined],
  ["a value that is not text", { headers: { origin: { href: "a" } } }, undefined],
])("%s", (_, request, expected) => {
  expect(headerLines(request as RawRequest)).toEqual(expected);
});
