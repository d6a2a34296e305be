import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryTree } from "./temporary-tree.ts";

const tool = fileURLToPath(new URL("../../tools/count-results.mjs", import.meta.url));

const file = (...statuses: readonly string[]) => ({
  status: statuses.includes("failed") ? "failed" : "passed",
  assertionResults: statuses.map((status) => ({ status })),
});
const gates = (...held: readonly boolean[]): string => JSON.stringify(held.map((passed) => ({ passed })));
const tests = (...files: readonly object[]): string => JSON.stringify({ testResults: files });

interface Case {
  readonly says: string;
  readonly vitest?: string;
  readonly testCode?: string;
  readonly check?: string;
  readonly checkCode?: string;
  readonly ci?: string;
  readonly line: string;
  readonly code: number;
}

test.each<Case>([
  {
    says: "all passed",
    vitest: tests(file("passed", "passed"), file("passed")),
    line: "5 passed, 0 failed, 0 skipped",
    code: 0,
  },
  {
    says: "a test failed",
    vitest: tests(file("passed", "failed")),
    testCode: "1",
    line: "3 passed, 1 failed, 0 skipped",
    code: 1,
  },
  { says: "a gate failed", check: gates(true, false), checkCode: "1", line: "2 passed, 1 failed, 0 skipped", code: 1 },
  {
    says: "a skip in CI",
    vitest: tests(file("passed", "skipped", "todo")),
    line: "3 passed, 0 failed, 2 skipped",
    code: 1,
  },
  { says: "a skip elsewhere", vitest: tests(file("skipped")), ci: "", line: "2 passed, 0 failed, 1 skipped", code: 0 },
  {
    says: "a file that fails as a whole",
    vitest: tests({ status: "failed", assertionResults: [] }),
    testCode: "1",
    line: "2 passed, 1 failed, 0 skipped",
    code: 1,
  },
  { says: "an error outside all tests", testCode: "1", line: "3 passed, 1 failed, 0 skipped", code: 1 },
  { says: "a run that was cut off", vitest: "", testCode: "124", line: "2 passed, 1 failed, 0 skipped", code: 1 },
  { says: "a broken report", check: "[{", line: "1 passed, 1 failed, 0 skipped", code: 1 },
])(
  "$says",
  ({
    vitest = tests(file("passed")),
    testCode = "0",
    check = gates(true, true),
    checkCode = "0",
    ci = "true",
    line,
    code,
  }) => {
    const folder = temporaryTree({ "check.json": check, ...(vitest === "" ? {} : { "vitest.json": vitest }) });
    const args = [tool, join(folder, "vitest.json"), testCode, join(folder, "check.json"), checkCode];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, CI: ci } });
    expect(stdout.trim().split("\n").at(-1)).toBe(line);
    expect(status).toBe(code);
  },
);

test("several runs are added up, and each must have a report", () => {
  const folder = temporaryTree({
    "fast.json": tests(file("passed", "passed")),
    "slow.json": tests(file("passed", "failed")),
    "check.json": gates(true),
  });
  const of = (name: string): string => join(folder, name);
  const args = [tool, of("fast.json"), "0", of("slow.json"), "1", of("missing.json"), "0", of("check.json"), "0"];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stdout.trim().split("\n").at(-1)).toBe("4 passed, 2 failed, 0 skipped");
  expect(status).toBe(1);
});
