import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startVitest } from "vitest/node";
import { RunningTests } from "../../tools/vitest/running-tests.ts";
import { temporaryTree } from "./temporary-tree.ts";

test("a test that is running is named in the file, and no longer when the run has ended", async () => {
  const slow = `import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
const file = new URL("running.txt", import.meta.url);
test("quick", () => {});
test("takes its time", async () => {
  const deadline = Date.now() + 15_000;
  while (!readFileSync(file, "utf8").includes("slow.test.mjs: takes its time")) {
    if (Date.now() > deadline) throw new Error(readFileSync(file, "utf8"));
    await delay(50);
  }
}, 20_000);`;
  const folder = temporaryTree({ "slow.test.mjs": slow });
  const vitest = await startVitest("test", [], {
    root: folder,
    config: false,
    watch: false,
    globals: true,
    include: ["*.test.mjs"],
    reporters: [new RunningTests(join(folder, "running.txt"))],
  });
  const failed = vitest.state.getCountOfFailedTests();
  await vitest.close();
  expect(failed).toBe(0);
  expect(readFileSync(join(folder, "running.txt"), "utf8")).toBe("");
});
