import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exchangeManifest, takeBackManifest } from "../../tools/packages/published-manifest.mjs";
import { temporaryTree } from "./temporary-tree.ts";

const manifest = JSON.stringify({
  name: "a",
  scripts: { prepack: "build" },
  exports: { ".": { "@corsmith/source": "./src/index.ts", require: "./a.cjs", default: "./a.js" } },
});
const published = { name: "a", exports: { ".": { require: "./a.cjs", default: "./a.js" } } };

test("a package is packed with the manifest that is published, and has its own again afterwards", () => {
  const folder = temporaryTree({ "package.json": manifest });
  const read = (): string => readFileSync(join(folder, "package.json"), "utf8");
  exchangeManifest(folder);
  expect(JSON.parse(read())).toEqual(published);
  // As after a run that was cut off.
  exchangeManifest(folder);
  expect(JSON.parse(read())).toEqual(published);
  takeBackManifest(folder);
  takeBackManifest(folder);
  expect(read()).toBe(manifest);
  expect(existsSync(join(folder, "package.json.kept"))).toBe(false);
});
