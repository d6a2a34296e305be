import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { expect, test } from "vitest";
import { differencesPage } from "./differences-page.ts";

test("the reference says what the table of deviations says", () => {
  const page = new URL("../../docs/reference/engine-differences.md", import.meta.url);
  if (process.env["UPDATE_DIFFERENCES"] !== undefined) writeFileSync(page, differencesPage());
  expect(readFileSync(page, "utf8")).toBe(differencesPage());
});
