import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { installIfNeeded } from "../../tools/run/install.mjs";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "corsmith-install-"));
  mkdirSync(join(root, "packages/one"), { recursive: true });
  writeFileSync(join(root, "package.json"), `{ "workspaces": ["packages/*"] }`);
  writeFileSync(join(root, "packages/one/package.json"), `{ "version": "1.0.0" }`);
  writeFileSync(
    join(root, "package-lock.json"),
    `{ "packages": { "": {}, "packages/one": {}, "node_modules/x": {} } }`,
  );
  vi.stubEnv("npm_execpath", fileURLToPath(new URL("fixtures/npm-cli.js", import.meta.url)));
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

function npmCalls(): number {
  const file = join(root, "npm-calls.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0;
}

describe("what is missing is installed", () => {
  test("a fresh clone installs once", async () => {
    expect(await installIfNeeded(root)).toBe(0);
    expect(await installIfNeeded(root)).toBe(0);
    expect(npmCalls()).toBe(1);
  });

  test.each(["package-lock.json", "package.json", "packages/one/package.json"])(
    "a changed %s installs again",
    async (file) => {
      await installIfNeeded(root);
      writeFileSync(join(root, file), `${readFileSync(join(root, file), "utf8")}\n`);
      expect(await installIfNeeded(root)).toBe(0);
      expect(npmCalls()).toBe(2);
    },
  );

  test("a deleted node_modules installs again", async () => {
    await installIfNeeded(root);
    rmSync(join(root, "node_modules"), { recursive: true });
    expect(await installIfNeeded(root)).toBe(0);
    expect(npmCalls()).toBe(2);
  });

  test("a failed installation answers npm's exit code with a sentence, and is tried again", async () => {
    vi.stubEnv("FAKE_NPM_EXIT", "7");
    expect(await installIfNeeded(root)).toBe(7);
    expect(console.error).toHaveBeenLastCalledWith(expect.stringContaining("npm install failed (exit code 7)"));
    vi.stubEnv("FAKE_NPM_EXIT", "0");
    expect(await installIfNeeded(root)).toBe(0);
    expect(npmCalls()).toBe(2);
  });
});
