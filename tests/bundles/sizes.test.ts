import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { adapterNames, type Bundle, bundleProgram, bundleWhole, bundleWithEngine } from "./bundle-adapter.ts";
import { kilobytes, renderSizes, type SizeRow, weighParts } from "./size-table.ts";

const page = new URL("../../docs/reference/bundle-sizes.md", import.meta.url);
const names = adapterNames();
let rows: readonly SizeRow[] = [];

beforeAll(async () => {
  const measured: SizeRow[] = [];
  for (const name of names)
    measured.push({ name, engine: await bundleWithEngine(name), whole: await bundleWhole(name) });
  rows = measured;
  console.table(
    Object.fromEntries(
      rows.map(({ name, engine, whole }) => [
        name,
        {
          "engine kB": kilobytes(engine.bytes),
          "engine gzip kB": kilobytes(engine.gzipBytes),
          "whole kB": kilobytes(whole.bytes),
          "whole gzip kB": kilobytes(whole.gzipBytes),
        },
      ]),
    ),
  );
});

describe("the sizes of the adapters", () => {
  test("there are at least nine of them, node and fetch among them", () => {
    expect(names).toEqual(expect.arrayContaining(["node", "fetch"]));
    expect(names.length).toBeGreaterThanOrEqual(9);
  });

  test("the node adapter with the engine stays below 7.4 kB, minified and gzipped", () => {
    expect(rowOf("node").engine.gzipBytes).toBeLessThan(7_400);
  });

  test.each(names.filter((name) => name !== "fastify"))(
    "%s with the engine stays below 7.5 kB, and whole below 20.3 kB",
    (name) => {
      expect(rowOf(name).engine.gzipBytes).toBeLessThan(7_500);
      expect(rowOf(name).whole.gzipBytes).toBeLessThan(20_300);
    },
  );

  // It alone has to learn the routes of its host, and to answer preflights by them. No worker at the edge runs it.
  test("fastify with the engine stays below 9.3 kB, and whole below 22.5 kB", () => {
    expect(rowOf("fastify").engine.gzipBytes).toBeLessThan(9_300);
    expect(rowOf("fastify").whole.gzipBytes).toBeLessThan(22_500);
  });

  test("with the engine, nothing of a policy is there but what it is compiled to", () => {
    const { modules } = rowOf("node").engine;
    const ofPolicy = modules.filter((path) => path.startsWith("policy/"));
    expect(ofPolicy.toSorted()).toEqual(["policy/compile-policy.ts", "policy/policy.ts", "policy/sealed-policy.ts"]);
  });

  test("examples/sealed: its policy is what seal.ts writes, and its worker stays below 7.3 kB with no check in it", async () => {
    const folder = fileURLToPath(new URL("../../examples/sealed/", import.meta.url));
    const seal = spawnSync(process.execPath, ["--conditions=@corsmith/source", "seal.ts"], { cwd: folder });
    expect(JSON.parse(seal.stdout.toString())).toEqual(JSON.parse(readFileSync(`${folder}policy.sealed.json`, "utf8")));
    const { gzipBytes, modules } = await bundleProgram(`${folder}worker.ts`);
    expect(gzipBytes).toBeLessThan(7_300);
    expect(modules.filter((path) => /^policy\/read-|public-suffix/.test(path))).toEqual([]);
    console.log(`examples/sealed/worker.ts: ${kilobytes(gzipBytes)} kB`);
  });

  test("every module is in one part of the table, and each part has some", () => {
    const weights = weighParts(rowOf("node").whole).map(([, bytes]) => bytes);
    expect(Math.min(...weights)).toBeGreaterThan(1000);
    const sum = weights.reduce((one, other) => one + other);
    expect(sum).toBeGreaterThan(rowOf("node").whole.gzipBytes);
  });

  test("docs/reference/bundle-sizes.md tells them to within 0.3 kB; UPDATE_SIZES=1 writes it anew", () => {
    if (process.env["UPDATE_SIZES"] === "1") writeFileSync(page, renderSizes(rows));
    const text = readFileSync(page, "utf8");
    for (const { name, engine, whole } of rows) {
      const told = numbersOf(text, name);
      const now = [engine, whole].flatMap(({ bytes, gzipBytes }: Bundle) => [bytes / 1000, gzipBytes / 1000]);
      expect(told.length, `${name} has a row of four numbers`).toBe(4);
      now.forEach((size, index) => {
        expect(Math.abs(size - (told[index] ?? 0)), `${name}, number ${index + 1}`).toBeLessThan(0.3);
      });
    }
    expect(text.replace(/\d+\.\d/g, "n")).toBe(renderSizes(rows).replace(/\d+\.\d/g, "n"));
  });
});

function rowOf(name: string): SizeRow {
  const row = rows.find((other) => other.name === name);
  if (row === undefined) throw new Error(`no bundle of ${name}`);
  return row;
}

function numbersOf(text: string, name: string): readonly number[] {
  const line = text.split("\n").find((other) => other.startsWith(`| \`@corsmith/cors/${name}\` `)) ?? "";
  return (line.match(/\d+\.\d/g) ?? []).map(Number);
}
