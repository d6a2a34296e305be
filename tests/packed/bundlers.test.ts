import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { marksOfFiles, marksOfRooms } from "../bundles/forbidden-code.ts";
import { packBuilt } from "./pack-built.ts";
import { unpackTarball } from "./tarball.ts";

const require = createRequire(fileURLToPath(new URL("hosts/bundlers/package.json", import.meta.url)));
const { build: esbuild }: typeof import("esbuild") = require("esbuild");
const webpack: typeof import("webpack").webpack = require("webpack");

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "corsmith-bundlers-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
  unpackTarball(packBuilt("packages/cors", folder), join(folder, "node_modules/@corsmith/cors"));
  cpSync(fileURLToPath(new URL("consumer", import.meta.url)), folder, { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a user's bundler makes of an entry, minified. */
type Bundler = (entry: string, out: string) => Promise<void>;

const bundlers: Readonly<Record<string, Bundler>> = {
  esbuild: async (entry, out) => {
    await esbuild({ entryPoints: [entry], outfile: out, bundle: true, minify: true, format: "esm", logLevel: "error" });
  },
  webpack: (entry, out) =>
    new Promise((done, fail) => {
      const output = { path: folder, filename: out.slice(folder.length + 1), library: { type: "module" as const } };
      const experiments = { outputModule: true };
      webpack({ mode: "production", target: "es2022", context: folder, entry, output, experiments }, (error, stats) =>
        error || stats?.hasErrors() ? fail(error ?? new Error(stats?.toString())) : done(),
      );
    }),
};

const sealed = `export { enforce } from "@corsmith/cors/hono"; export { restorePolicy } from "@corsmith/cors/sealed";`;

describe.each(Object.entries(bundlers))("%s leaves out what is not used of the published files", (name, bundle) => {
  async function bundled(entry: string): Promise<string> {
    writeFileSync(join(folder, "entry.js"), entry);
    const out = join(folder, `${name}.mjs`);
    await bundle(join(folder, "entry.js"), out);
    return readFileSync(out, "utf8");
  }
  const gzipped = (code: string): number => gzipSync(code, { level: 9 }).length;
  const found = (code: string, marks: readonly string[]): readonly string[] =>
    marks.filter((mark) => code.includes(mark));

  test("an adapter with its checks", async () => {
    const code = await bundled(`export { cors } from "@corsmith/cors/hono";`);
    console.info(`${name}, cors of hono: ${code.length} bytes, ${gzipped(code)} gzipped`);
    expect(found(code, [...Object.values(marksOfRooms).flat(), ...marksOfFiles.map(([, mark]) => mark)])).toEqual([]);
    expect(gzipped(code)).toBeLessThan(21_500);
  });

  test("the engine with a sealed policy", async () => {
    const code = await bundled(sealed);
    console.info(`${name}, the engine of hono: ${code.length} bytes, ${gzipped(code)} gzipped`);
    expect(found(code, ["An origin has no trailing slash", "There is no preset"])).toEqual([]);
    expect(gzipped(code)).toBeLessThan(8_000);
  });

  test("one function of the root", async () => {
    const code = await bundled(`export { isCorsResponseHeader } from "@corsmith/cors";`);
    expect(code.length).toBeLessThan(6_000);
  });
});
