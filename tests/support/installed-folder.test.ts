import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { requireInstalled } from "./installed-folder.ts";

let folder = "";
let said = "";

/** Stands in for npm: notes that it was called, and ends as it is told. */
const npm = '#!/bin/sh\necho called >> npm-calls.txt\necho "no network"\nexit "$FAKE_NPM_EXIT"\n';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corsmith-installed-"));
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  writeFileSync(join(folder, "npm"), npm, { mode: 0o755 });
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"]}`);
  vi.stubEnv("FAKE_NPM_EXIT", "0");
  vi.stubEnv("CI", "");
  said = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function calls(): number {
  const file = join(folder, "npm-calls.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0;
}

const install = (): Promise<boolean> => requireInstalled(folder, "the hosts");

describe("a folder with an installation of its own", () => {
  test("is installed once, however many tests ask at the same time", async () => {
    expect(await Promise.all([install(), install(), install()])).toEqual([true, true, true]);
    expect(await install()).toBe(true);
    expect(calls()).toBe(1);
  });

  test("is installed again when its package.json has changed", async () => {
    await install();
    appendFileSync(join(folder, "package.json"), "\n");
    expect(await install()).toBe(true);
    expect(calls()).toBe(2);
  });

  test("is skipped, and says so, where it cannot be installed; the next run tries again", async () => {
    vi.stubEnv("FAKE_NPM_EXIT", "1");
    expect(await install()).toBe(false);
    expect(said).toMatch(/\*\*\* SKIPPED: the hosts could not be installed in .*: no network \*\*\*/);
    vi.stubEnv("FAKE_NPM_EXIT", "0");
    expect(await install()).toBe(true);
  });

  test("fails with CI=true where it cannot be installed", async () => {
    vi.stubEnv("FAKE_NPM_EXIT", "1");
    vi.stubEnv("CI", "true");
    await expect(install()).rejects.toThrow("the hosts could not be installed");
  });
});
