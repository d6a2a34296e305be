import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ConfigFolder } from "../config/support/config-folder.ts";

const bin = fileURLToPath(new URL("../../bin/corsmith.js", import.meta.url));

describe("bin/corsmith.js", () => {
  test("says how to build it where it is not built", () => {
    using folder = new ConfigFolder({ "package.json": '{ "type": "module" }' });
    mkdirSync(folder.file("bin"));
    copyFileSync(bin, folder.file("bin/corsmith.js"));
    const run = spawnSync(process.execPath, [folder.file("bin/corsmith.js")], { encoding: "utf8", timeout: 10_000 });
    expect(run).toMatchObject({
      status: 1,
      stdout: "",
      stderr: "Corsmith is not built yet. In its repository, run: npm run build\n",
    });
  });
});
