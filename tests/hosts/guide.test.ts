import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { readBlocks } from "../docs/run/read-blocks.ts";
import { importServer } from "./support/import-server.ts";
import { hostsFolder, requireHosts } from "./support/require-hosts.ts";

const page = readFileSync(fileURLToPath(new URL("../../docs/guide/hosts.md", import.meta.url)), "utf8");
const blocks = readBlocks(page).map(({ text }) => text);

const installed = await requireHosts();

/** Said in a sentence of the page, or the application itself. */
const notShown: readonly string[] = ["orders.ts", "serverless-http-koa.ts", "trpc-router.ts"];

const shown = globSync("servers/*.ts", { cwd: hostsFolder })
  .map((file) => basename(file))
  .filter((file) => !notShown.includes(file));

describe("the page on hosts shows what these tests run", () => {
  test.each(shown)("%s", (file) => {
    const code = readFileSync(`${hostsFolder}servers/${file}`, "utf8").trimEnd();
    const inPage = code.replaceAll(/(from "\.\/[\w-]+)\.ts"/g, '$1.js"');
    expect(blocks).toContain(`// ${file.replace(/\.ts$/, ".js")}\n${inPage}`);
  });

  test.skipIf(!installed)("the unit test passes", async () => {
    const assert = vi.spyOn(console, "assert");
    await importServer("unit-test");
    expect(assert.mock.calls).toEqual([[true]]);
  });
});
