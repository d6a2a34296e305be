import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { libraryNodes } from "./nodes.ts";
import { packBuilt } from "./pack-built.ts";
import { runNode } from "./run-node.ts";
import { unpackTarball } from "./tarball.ts";

let consumer = "";

beforeAll(() => {
  consumer = mkdtempSync(join(tmpdir(), "corsmith-formats-"));
  cpSync(fileURLToPath(new URL("consumer", import.meta.url)), consumer, { recursive: true });
  unpackTarball(packBuilt("packages/cors", consumer), join(consumer, "node_modules/@corsmith/cors"));
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

/** Runs a program of the consumer, and reads what it printed. */
function printed(node: string, args: readonly string[]): unknown {
  const { code, stdout, stderr } = runNode(node, args, consumer);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe.each(await libraryNodes())("the library under Node $version", ({ path }) => {
  test("every entry can be imported and required, and a policy of one format works in the other", () => {
    const crossed = { apart: true, decided: "allowed", answered: "https://app.example.com", known: true };
    expect(printed(path, ["formats.mjs"])).toEqual({ entries: 23, unlike: [], crossed: [crossed, crossed] });
  });

  test("does everything that it can do", () => {
    expect(printed(path, ["everything.mjs"])).toEqual({
      decided: "allowed",
      late: "origin-lookup-failed",
      findings: true,
      environment: "allowed",
      sealed: 204,
      migrated: ["https://app.example.com"],
      explained: "missing-allow-origin",
      refusedAddress: "TypeError",
      redirected: "ok",
      policyAlone: "ok",
      recorded: 1,
      replayed: "ok",
      live: 1,
      judged: true,
    });
  });

  test("an error is shown with the line that threw it, and not with the whole file", () => {
    const mistake = `require("@corsmith/cors/express").cors({ allowOrigins: "https://app.example.com/" })`;
    const { code, stderr } = runNode(path, ["--eval", mistake], consumer);
    expect(code).toBe(1);
    expect(stderr).toContain("An origin has no trailing slash");
    expect(Math.max(...stderr.split("\n").map(({ length }) => length))).toBeLessThan(1_000);
    expect(stderr).toMatch(/at (?:Object\.)?definePolicy /);
  });
});

describe("the Express entry loads four files, itself and what adapters share", () => {
  const own = ["dist/express.js", "dist/shared/adapters.js", "dist/shared/decide.js", "dist/shared/policy.js"];

  test("by require", () => {
    const script = `require("@corsmith/cors/express"); console.log(JSON.stringify(Object.keys(require.cache)))`;
    const loaded = printed(process.execPath, ["--eval", script]) as readonly string[];
    expect(loaded.map(withoutFormat).toSorted()).toEqual(own);
  });

  test("by import", () => {
    const loaded = importedBy(join(consumer, "node_modules/@corsmith/cors/dist/esm/express.js"));
    expect([...loaded].map(withoutFormat).toSorted()).toEqual(own);
  });
});

function withoutFormat(path: string): string {
  return path.replaceAll("\\", "/").replace(/^.*\/dist\/(?:esm|cjs)\//, "dist/");
}

function importedBy(file: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import)\s*"(\.[^"]+)"/g))
    importedBy(join(dirname(file), path), seen);
  return seen;
}
