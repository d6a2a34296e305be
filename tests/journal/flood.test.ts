import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { FloodReport } from "./flood.ts";

/** A hundredth and more of what `flood.ts` does by itself. */
const decisions = 200_000;

test("a flood of origins that nobody has seen before fills neither memory nor file, and hides nobody", async () => {
  const program = fileURLToPath(new URL("flood.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--max-semi-space-size=4",
    "--conditions=@corsmith/source",
    program,
    String(decisions),
  ]);
  const report = JSON.parse(stdout) as FloodReport;
  expect(report.counted + report.lost).toBe(decisions);
  expect(report.lost).toBe(0);
  expect(report.namedOfBusiest).toBe(100);
  expect(report.countedOfBusiest).toBeGreaterThan(0.9);
  expect(report.distinctEstimated / report.distinct).toBeGreaterThan(0.9);
  expect(report.distinctEstimated / report.distinct).toBeLessThan(1.1);
  // It grows with the bounds, and not with the flood: at ten million decisions it is the same.
  expect(report.peakMegabytes - report.idleMegabytes).toBeLessThan(96);
  expect(report.fileMegabytes).toBeLessThan(24);
}, 120_000);
