import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Figure } from "./suite.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "corsmith-bench-test-"));

function runBench(...parameters: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, ["--conditions=@corsmith/source", main, ...parameters, "--out", out], {
    timeout: 60_000,
  });
}

function figuresOf(suite: string): ReadonlyMap<string, Figure> {
  const { figures } = JSON.parse(readFileSync(join(out, `${suite}.json`), "utf8")) as { figures: readonly Figure[] };
  return new Map(figures.map((figure) => [figure.id, figure]));
}

describe("the bench, as short as it can be", () => {
  let printed = "";
  beforeAll(async () => {
    printed = (await runBench("decide", "scale", "browser", "load", "--quick")).stdout;
  }, 90_000);
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it.each([
    ["decide", "1-origins/actual-allowed/engine-ahead", "ratio"],
    ["decide", "1-origins/preflight-refused-origin/adapter-ahead", "ratio"],
    ["decide", "100-origins/actual-refused/cors", "ns"],
    ["scale", "origins/1000/allowed-any/to-one", "ratio"],
    ["scale", "patterns/100/allowed-labels/many", "ns"],
    ["scale", "hostile/256-names/to-ordinary", "ratio"],
    ["browser", "simple-allowed/memory", "traces/s"],
    ["browser", "preflight-allowed/sockets-ahead-of-jsdom", "ratio"],
    ["browser", "header-refused/sockets-ahead-of-jsdom", "ratio"],
    ["browser", "simple-allowed/memory-ahead-of-happyDom", "ratio"],
    ["load", "import/corsmith-to-cors", "ratio"],
    ["load", "require/corsmith", "ms"],
  ])("%s writes the figure %s", (suite, id, unit) => {
    expect(figuresOf(suite).get(id)).toMatchObject({ unit });
  });

  it.each(["decide", "scale", "browser"])(
    "every figure of %s is a time or a ratio, its middle between its ends",
    (suite) => {
      const figures = [...figuresOf(suite).values()];
      expect(figures.length).toBeGreaterThan(20);
      for (const { id, min, median, max } of figures) {
        expect(min, id).toBeGreaterThan(0);
        expect(median, id).toBeGreaterThanOrEqual(min);
        expect(max, id).toBeGreaterThanOrEqual(median);
        expect(max, id).toBeLessThan(Number.POSITIVE_INFINITY);
      }
    },
  );

  it("prints a table of ratios for people", () => {
    expect(printed).toMatch(/^actual allowed +[\d.,]+ ns .* × \([\d.]+–[\d.]+\)/m);
    expect(printed).toContain("Exact origins: time at so many, divided by the time at one");
  });

  it("names the suites when it is asked for one that it has not", async () => {
    await expect(runBench("speed")).rejects.toMatchObject({
      code: 2,
      stderr: "No suite is called speed. Suites: decide, adapters, scale, browser, load, gateway, journal.\n",
    });
  });
});
