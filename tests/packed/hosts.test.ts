import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packBuilt } from "./pack-built.ts";
import { runNode } from "./run-node.ts";
import { unpackTarball } from "./tarball.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const jestHome = join(root, "tests/packed/hosts/jest-30");
const nestHome = join(root, "tests/packed/hosts/nest-11");

let folder = "";
let library = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "corsmith-hosts-"));
  library = join(folder, "library");
  unpackTarball(packBuilt("packages/cors", folder), library);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A user's project with files of `consumer/hosts`, our package as it is published, and others linked from where npm has put them here. */
function project(
  files: Readonly<Record<string, string>>,
  manifest: object,
  links: Readonly<Record<string, string>> = {},
): string {
  const path = mkdtempSync(join(folder, "project-"));
  for (const [file, as] of Object.entries(files))
    cpSync(join(root, "tests/packed/consumer/hosts", file), join(path, as));
  writeFileSync(join(path, "package.json"), JSON.stringify({ name: "user", private: true, ...manifest }));
  cpSync(library, join(path, "node_modules/@corsmith/cors"), { recursive: true });
  for (const [name, target] of Object.entries(links)) {
    const link = join(path, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
  return path;
}

describe("Jest 30", () => {
  const jest = join(root, "node_modules/jest/bin/jest.js");

  test("as it comes: CommonJS, no configuration", () => {
    const path = project({ "jest-as-it-comes.js": "a.test.js" }, {});
    const { code, stderr } = runNode(process.execPath, [jest, "--ci"], path);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/Tests: +3 passed, 3 total/) });
  });

  test("with ts-jest, which checks the types as well", () => {
    const compilerOptions = { module: "commonjs", target: "es2022", lib: ["es2022", "dom"], strict: true };
    const tsconfig = { ...compilerOptions, moduleResolution: "node10", esModuleInterop: true, skipLibCheck: true };
    const transform = {
      "^.+\\.ts$": [join(jestHome, "node_modules/ts-jest"), { tsconfig: { ...tsconfig, types: ["jest"] } }],
    };
    const path = project(
      { "ts-jest.ts": "a.test.ts" },
      { jest: { transform } },
      { "@types": join(root, "node_modules/@types") },
    );
    const { code, stderr } = runNode(process.execPath, [jest, "--ci"], path);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/Tests: +1 passed, 1 total/) });
  });
});

test("Vitest runs the matchers", () => {
  const path = project({ "vitest.ts": "a.test.ts" }, { type: "module" }, { vitest: join(root, "node_modules/vitest") });
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { code, stdout, stderr } = runNode(process.execPath, [vitest, "run"], path);
  expect({ code, stderr, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/1 passed/) });
});

test("Nest 11, compiled to CommonJS by TypeScript 5.9: starts, and answers", () => {
  const names = ["@types", "rxjs", "reflect-metadata"];
  const links = Object.fromEntries(names.map((name) => [name, join(root, "node_modules", name)]));
  const path = project({ "nest.ts": "nest.ts" }, {}, { ...links, "@nestjs": join(nestHome, "node_modules/@nestjs") });
  const options = ["--module", "commonjs", "--moduleResolution", "node10", "--target", "es2022", "--strict"];
  const decorators = ["--experimentalDecorators", "--emitDecoratorMetadata", "--skipLibCheck", "--types", "node"];
  const tsc = join(nestHome, "node_modules/typescript/bin/tsc");
  expect(runNode(process.execPath, [tsc, ...options, ...decorators, "nest.ts"], path)).toMatchObject({
    code: 0,
    stdout: "",
  });
  const { code, stdout, stderr } = runNode(process.execPath, ["nest.js"], path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const allowed = "https://app.example.com";
  const preflight = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
  expect(JSON.parse(stdout)).toEqual([
    [200, allowed, "Origin"],
    [500, allowed, "Origin"],
    [204, allowed, preflight],
    [403, null, preflight],
  ]);
});
