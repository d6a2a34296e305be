import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { libraryNodes } from "./nodes.ts";
import { packBuilt } from "./pack-built.ts";
import { runNode } from "./run-node.ts";
import { listTarball } from "./tarball.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

const compilers: Readonly<Record<string, string>> = {
  "TypeScript 7.0": "node_modules/typescript",
  "TypeScript 6.0": "tests/packed/typescript-6.0/node_modules/typescript",
  "TypeScript 5.9": "tests/packed/typescript-5.9/node_modules/typescript",
};

let consumer = "";
let tarball = "";

beforeAll(() => {
  consumer = mkdtempSync(join(tmpdir(), "corsmith-consumer-"));
  tarball = packBuilt("packages/cors", consumer);
  cpSync(join(root, "tests/packed/consumer"), consumer, { recursive: true });
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  // An empty cache and no network: what the tarball needs beyond itself could not come from anywhere.
  const offline = ["--offline", "--cache", join(consumer, "npm-cache"), "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", tarball, ...offline], { cwd: consumer, stdio: "pipe" });
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

const installed = (path: string): string => join(consumer, "node_modules/@corsmith/cors", path);

describe("the library's tarball", () => {
  test("installs alone: it has no dependency of any kind and no install script", () => {
    expect(readdirSync(join(consumer, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["@corsmith"]);
    expect(readdirSync(join(consumer, "node_modules/@corsmith"))).toEqual(["cors"]);
    const manifest = JSON.parse(readFileSync(installed("package.json"), "utf8"));
    for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies"]) {
      expect(manifest).not.toHaveProperty(field);
    }
    for (const script of ["preinstall", "install", "postinstall"])
      expect(manifest.scripts ?? {}).not.toHaveProperty(script);
  });

  test("holds its code, its licence and its readme, and neither tests nor the compiler's notes", () => {
    const paths = listTarball(tarball);
    expect(paths).toEqual(
      expect.arrayContaining([
        ...["package.json", "LICENSE", "README.md", "dist/cjs/package.json"],
        ...["esm", "cjs"].flatMap((format) => [`dist/${format}/express.js`, `dist/${format}/express.d.ts`]),
      ]),
    );
    const wanted = /^(package\.json|LICENSE|README\.md|dist\/(esm|cjs)\/.+\.(js|d\.ts)|dist\/cjs\/package\.json)$/;
    expect(paths.filter((path) => !wanted.test(path) || /\.test(-d)?\.|\/test\//.test(path))).toEqual([]);
  });

  test("has at most 160 kB and 200 files", () => {
    console.info(`${statSync(tarball).size} bytes, ${listTarball(tarball).length} files`);
    expect(statSync(tarball).size).toBeLessThanOrEqual(160_000);
    expect(listTarball(tarball).length).toBeLessThanOrEqual(200);
  });

  test("has no file of code over 31 kB: gzip looks back 32, and a larger one costs twice, once a format", () => {
    const code = listTarball(tarball).filter((path) => path.endsWith(".js"));
    expect(code.filter((path) => statSync(installed(path)).size > 31_000)).toEqual([]);
  });

  test("says nothing of the sources, which stay at home", () => {
    expect(readFileSync(installed("package.json"), "utf8")).not.toMatch(/@corsmith\/source|"\.\/src|"scripts"/);
  });

  test("only its documented entries can be imported", () => {
    const script = `await import("@corsmith/cors/dist/esm/index.js").then(() => 1, (error) => console.log(error.code))`;
    const { stdout } = runNode(process.execPath, ["--input-type=module", "--eval", script], consumer);
    expect(stdout.trim()).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });
});

describe.each(Object.entries(compilers))("a consumer type-checks under %s", (name, folder) => {
  const tsc = join(root, folder, "bin/tsc");

  test("which is the one at hand", () => {
    expect(existsSync(tsc)).toBe(true);
    expect(runNode(process.execPath, [tsc, "--version"], consumer).stdout).toContain(
      name.replace("TypeScript", "Version"),
    );
  });

  test.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("with module %s, moduleResolution %s and skipLibCheck false", (module, moduleResolution) => {
    expect(typeCheck(tsc, { module, moduleResolution, lib: ["es2022", "dom"], types: [] }, "program.ts")).toEqual({
      code: 0,
      stdout: "",
    });
  });

  test.each<readonly [string, string]>([
    ["node16", "node16"],
    ["nodenext", "nodenext"],
    // 5.9 has this one for modules only; the one that knows no exports is gone in 7.0.
    ...(name === "TypeScript 5.9" ? [] : [["commonjs", "bundler"] as const]),
    ...(name === "TypeScript 7.0" ? [] : [["commonjs", "node10"] as const]),
  ])("as CommonJS, with module %s, moduleResolution %s and skipLibCheck false", (module, moduleResolution) => {
    const silent = name === "TypeScript 6.0" && moduleResolution === "node10" ? { ignoreDeprecations: "6.0" } : {};
    const options = { module, moduleResolution, lib: ["es2022", "dom"], types: [], ...silent };
    inCommonJs(() => expect(typeCheck(tsc, options, "program.ts")).toEqual({ code: 0, stdout: "" }));
  });

  test("a policy of a CommonJS file is the same type in a module", () => {
    const options = { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022", "dom"], types: [] };
    expect(typeCheck(tsc, options, "mixed.mts")).toEqual({ code: 0, stdout: "" });
  });

  test("as a Node server, with Node's types and without the browser's", () => {
    for (const name of ["@types", "undici-types"]) {
      const link = join(consumer, "node_modules", name);
      if (!existsSync(link)) symlinkSync(join(root, "node_modules", name), link);
    }
    const options = { module: "nodenext", moduleResolution: "nodenext", lib: ["es2024"], types: ["node"] };
    expect(typeCheck(tsc, options, "server.ts")).toEqual({ code: 0, stdout: "" });
  });
});

describe("the matchers are typed", () => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const compile = { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022", "dom"], skipLibCheck: true };

  test.each([
    ["jest.ts", "@types/jest", ["jest"]],
    ["vitest.ts", "vitest", []],
  ])("%s", (file, runner, types) => {
    const link = join(consumer, "node_modules", runner);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join(root, "node_modules", runner), link);
    expect(typeCheck(tsc, { ...compile, types }, file)).toEqual({ code: 0, stdout: "" });
  });
});

/** A consumer whose files are CommonJS for Node, and for the compiler. */
function inCommonJs(check: () => void): void {
  const manifest = join(consumer, "package.json");
  const text = readFileSync(manifest, "utf8");
  writeFileSync(manifest, text.replace('"type":"module"', '"type":"commonjs"'));
  try {
    check();
  } finally {
    writeFileSync(manifest, text);
  }
}

function typeCheck(
  tsc: string,
  options: object,
  file: string,
): { readonly code: number | null; readonly stdout: string } {
  const strict = {
    target: "es2022",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };
  writeFileSync(
    join(consumer, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...strict, ...options }, files: [file] }),
  );
  const { code, stdout } = runNode(process.execPath, [tsc, "-p", "."], consumer);
  return { code, stdout };
}

describe.each(await libraryNodes())("a consumer runs under Node $version", ({ path }) => {
  const conditions = ["", "development", "production", "browser", "worker", "edge-light", "workerd", "deno", "bun"];

  test.each(conditions)("from dist, with the condition %j", (condition) => {
    const flags = condition === "" ? [] : [`--conditions=${condition}`];
    const { code, stdout, stderr } = runNode(path, [...flags, "run.mjs"], consumer);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const seen = JSON.parse(stdout);
    expect(seen.entries.map((url: string) => url.replace(/^.*\/node_modules\//, ""))).toEqual([
      "@corsmith/cors/dist/esm/index.js",
      "@corsmith/cors/dist/esm/fetch.js",
      "@corsmith/cors/dist/esm/node.js",
    ]);
    expect(seen.headers).toContainEqual(["Access-Control-Allow-Origin", "https://app.example.com"]);
    expect(seen).toMatchObject({ fetched: "https://app.example.com", judged: true, middleware: "function" });
  });
});
