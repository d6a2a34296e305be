import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pruneDist } from "../../tools/packages/prune-dist.ts";
import { temporaryTree } from "./temporary-tree.ts";

test("what deleted sources left in dist goes, the rest stays", () => {
  const outputs = ["a.js", "a.js.map", "a.d.ts", "a.d.ts.map", "b/c.js", "b/gone.js", "gone.d.ts", "gone.d.ts.map"];
  const files = [...outputs.map((path) => `dist/${path}`), "dist/x.tsbuildinfo", "src/a.ts", "src/b/c.ts"];
  const folder = temporaryTree(Object.fromEntries(files.map((path) => [path, ""])));
  pruneDist(folder);
  expect(globSync("**/*.*", { cwd: join(folder, "dist") }).sort()).toEqual([
    "a.d.ts",
    "a.d.ts.map",
    "a.js",
    "a.js.map",
    "b/c.js",
    "x.tsbuildinfo",
  ]);
});
