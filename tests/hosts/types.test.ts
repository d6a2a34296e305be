import process from "node:process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { runToEnd } from "../support/installed-folder.ts";
import { hostsFolder, requireHosts } from "./support/require-hosts.ts";

const installed = await requireHosts();
const root = fileURLToPath(new URL("../../", import.meta.url));
const tsc = `${root}node_modules/typescript/bin/tsc`;

describe.skipIf(!installed)("the compiler takes", () => {
  // The declarations of the library, as users get them: its sources are not compiled by the types of another runtime.
  beforeAll(async () => {
    expect(await runToEnd(process.execPath, [tsc, "-b", "packages/cors"], root)).toEqual({ code: 0, output: "" });
  }, 120_000);

  test.each([
    ["the servers of this folder", "."],
    ["handlers of Bun, by path", "types/bun"],
    ["handlers of Workers, with their environment", "types/workers"],
  ])("%s", { timeout: 120_000 }, async (_, project) => {
    expect(await runToEnd(process.execPath, [tsc, "-p", project, "--pretty", "false"], hostsFolder)).toEqual({
      code: 0,
      output: "",
    });
  });
});
