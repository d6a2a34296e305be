import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram } from "../support/running-program.ts";
import { commandNodes, tooOldForCommand } from "./nodes.ts";
import { packBuilt } from "./pack-built.ts";
import { runNode } from "./run-node.ts";
import { listTarball, unpackTarball } from "./tarball.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

let consumer = "";
let tarball = "";
let bin = "";

/**
 * Both packages come from their tarballs; what the command depends on is linked from where npm has put it here, because no
 * registry may be needed.
 */
beforeAll(() => {
  consumer = mkdtempSync(join(tmpdir(), "corsmith-command-"));
  tarball = packBuilt("packages/corsmith", consumer);
  const modules = join(consumer, "node_modules");
  unpackTarball(tarball, join(modules, "corsmith"));
  unpackTarball(packBuilt("packages/cors", consumer), join(modules, "@corsmith/cors"));
  linkModules(join(root, "node_modules"), modules);
  linkModules(join(root, "packages/corsmith/node_modules"), join(modules, "corsmith/node_modules"));
  const manifest = JSON.parse(readFileSync(join(modules, "corsmith/package.json"), "utf8"));
  bin = join(modules, "corsmith", manifest.bin.corsmith);
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

function linkModules(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name === "corsmith" || name === "@corsmith" || name.startsWith(".")) continue;
    symlinkSync(join(from, name), join(to, name));
  }
}

describe("the command's tarball", () => {
  test("holds the command, its pages, its licence and its readme, and nothing for compilers", () => {
    const paths = listTarball(tarball);
    expect(paths).toEqual(
      expect.arrayContaining([
        "package.json",
        "LICENSE",
        "README.md",
        "bin/corsmith.js",
        "dist/main.js",
        "reference/swagger-ui-bundle.js",
      ]),
    );
    expect(
      paths.filter(
        (path) =>
          !/^(package\.json|LICENSE|README\.md|bin\/.+\.js|dist\/.+\.js|(?:console|demo-page|reference)\/.+)$/.test(
            path,
          ),
      ),
    ).toEqual([]);
    expect(statSync(bin).mode & 0o111, "the command may be executed").not.toBe(0);
  });

  test("asks for the library's version that it was packed with", () => {
    const version = (name: string): unknown =>
      JSON.parse(readFileSync(join(consumer, "node_modules", name, "package.json"), "utf8"));
    const { version: library } = version("@corsmith/cors") as { readonly version: string };
    expect(version("corsmith")).toMatchObject({ dependencies: { "@corsmith/cors": library } });
  });
});

describe.each(await commandNodes())("the packed command under Node $version", ({ path }) => {
  test("--version prints the package's version", () => {
    const { version } = JSON.parse(readFileSync(join(consumer, "node_modules/corsmith/package.json"), "utf8"));
    expect(runNode(path, [bin, "--version"], consumer)).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("--help names its commands", () => {
    const { code, stdout, stderr } = runNode(path, [bin, "--help"], consumer);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: corsmith /);
    expect(stdout).toContain("serve");
  });

  test("serve runs the demo, pages included, and ends with 0", async () => {
    const demo = await runProgram(path, [bin, "serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"], {
      ready:
        /Page on an allowed origin\s+(http:\S+)[\s\S]*The API, through Corsmith\s+(http:\S+)\s+The console\s+(http:\S+)/,
      cwd: consumer,
      env: { NODE_OPTIONS: "", NODE_ENV: "" },
    });
    const [, page = "", api = "", admin = ""] = demo.ready;
    const document = await fetch(page);
    expect([document.status, document.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("text/html"),
    ]);
    const { origin } = new URL(page);
    const orders = await fetch(new URL("/orders", api), { headers: { origin } });
    expect([orders.status, orders.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
    const status = await fetch(new URL("/api/status", admin));
    expect(await status.json()).toMatchObject({ ready: true, demo: true });
    for (const path of ["/api/reference", "/api/reference/swagger-ui-bundle.js", "/api/openapi.json", "/metrics"])
      expect((await fetch(new URL(path, admin))).status, path).toBe(200);
    expect(await demo.stop()).toBe(0);
  });
});

test.each(await tooOldForCommand())(
  "under Node $version the command says which one it needs, and ends with 2",
  ({ path, version }) => {
    expect(runNode(path, [bin, "serve"], consumer)).toEqual({
      code: 2,
      stdout: "",
      stderr: `Corsmith needs Node 22.13 or later; this is Node ${version}. Get a later one at https://nodejs.org.\n`,
    });
  },
);

test("the command runs from the repository too, once it is built", () => {
  const here = join(root, "packages/corsmith/bin/corsmith.js");
  expect(runNode(process.execPath, [here, "--help"], tmpdir())).toMatchObject({ code: 0, stderr: "" });
});
