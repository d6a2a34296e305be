import { describe, expect, test } from "vitest";
import type { ConfigFinding } from "../../src/config/config-finding.ts";
import { countFindings, formatFindings } from "../../src/terminal/findings.ts";
import { processTerminal } from "../../src/terminal/terminal.ts";
import { fakeTerminal } from "../cli/support/fake-terminal.ts";

const finding: ConfigFinding = {
  code: "origin-trailing-slash",
  severity: "error",
  path: "policy.allowOrigins[0]",
  value: "https://app.example.com/",
  message: "An origin has no trailing slash. With one, nothing matches.",
  fix: "https://app.example.com",
  file: "corsmith.config.yaml",
  line: 3,
  column: 7,
};

describe("a finding", () => {
  test("is written with place, value, what is wrong, and the fix", () => {
    expect(formatFindings([finding], fakeTerminal().err)).toBe(
      [
        "error    policy.allowOrigins[0]  corsmith.config.yaml:3:7",
        '  value  "https://app.example.com/"',
        "         An origin has no trailing slash. With one, nothing matches.",
        "    fix  https://app.example.com",
      ].join("\n"),
    );
  });

  test.each([40, 80, 120])("fits into %i columns", (width) => {
    const long = {
      ...finding,
      message: "one two three four five six seven ".repeat(12).trim(),
      fix: "write it so or so or so ".repeat(9).trim(),
    };
    for (const line of formatFindings([long], fakeTerminal(width).err).split("\n").slice(1)) {
      expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  test("that is an error comes before one that is a warning", () => {
    const warning: ConfigFinding = { ...finding, severity: "warning", path: "admin" };
    const text = formatFindings([warning, finding], fakeTerminal().err);
    expect(text.indexOf("error")).toBeLessThan(text.indexOf("warning"));
    expect(countFindings([warning, finding, finding])).toBe("2 errors and 1 warning");
  });

  test("cannot move the cursor or flood the screen with its value", () => {
    const text = formatFindings(
      [{ ...finding, value: `\u001B[2J\u009B2J\u202E${"x".repeat(500)}` }],
      fakeTerminal().err,
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
    expect(text.length).toBeLessThan(500);
  });

  test("of the whole file has the file as its place", () => {
    expect(formatFindings([{ ...finding, path: "", value: undefined }], fakeTerminal().err)).toMatch(
      /^error {4}corsmith\.config\.yaml:3:7\n {9}An/,
    );
  });
});

describe("colours", () => {
  const stream = (isTTY: boolean): NodeJS.WriteStream =>
    ({ isTTY, columns: 200, write: () => true }) as unknown as NodeJS.WriteStream;
  test.each([
    ["are on in a terminal", true, {}, true],
    ["are off elsewhere", false, {}, false],
    ["are off elsewhere also in CI", false, { CI: "true" }, false],
    ["are off with NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["are off in a dumb terminal", true, { TERM: "dumb" }, false],
    ["can be forced", false, { FORCE_COLOR: "1" }, true],
  ])("%s", (_, isTTY, environment, expected) => {
    const { err } = processTerminal(
      { stdout: stream(isTTY), stderr: stream(isTTY) } as unknown as NodeJS.Process,
      environment,
    );
    expect(formatFindings([finding], err).includes("\u001B")).toBe(expected);
    expect(err.width).toBe(100);
  });
});
