import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { explanations } from "@corsmith/cors/explain";
import { expect, test } from "vitest";
import { renderFailures } from "./failures/render-failures.ts";

const page = new URL("../../docs/reference/failures.md", import.meta.url);

test("docs/reference/failures.md says what the catalogue says; UPDATE_FAILURES=1 rewrites it", () => {
  if (process.env["UPDATE_FAILURES"] === "1") writeFileSync(page, renderFailures());
  expect(readFileSync(page, "utf8")).toBe(renderFailures());
});

test("every code has its anchor", () => {
  const anchors = readFileSync(page, "utf8").match(/^## [a-z0-9-]+$/gm) ?? [];
  expect(anchors.map((anchor) => anchor.slice(3))).toEqual(explanations.map(({ code }) => code));
});
