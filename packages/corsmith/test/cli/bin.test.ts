import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ConfigFolder } from "../config/support/config-folder.ts";

const bin = fileURLToPath(new URL("../../bin/corsmith.js", import.meta.url));

/** The machine's own Node, where it is older than the one that runs the tests. */
const older = ["/usr/bin/node", "/usr/local/bin/node"].find((path) => {
  const version = existsSync(path) ? spawnSync(path, ["-p", "process.versions.node"], { encoding: "utf8" }).stdout : "";
  return /^(?:1[4-9]|2[01])\./.test(version);
});

describe("bin/corsmith.js", () => {
  test.skipIf(older === undefined)("says on an older Node which one it needs, before it loads anything", () => {
    const run = spawnSync(older ?? "", [bin, "serve"], { encoding: "utf8", timeout: 10_000 });
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toMatch(
      /^Corsmith needs Node 22\.13 or later; this is Node \d+\.\d+\.\d+\. Get a later one at https:\/\/nodejs\.org\.\n$/,
    );
  });

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
