import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { definePolicy } from "@corsmith/cors";
import { sealPolicy } from "@corsmith/cors/sealed";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adapterNames, type Bundle, bundleWhole, bundleWithEngine } from "./bundle-adapter.ts";
import { marksOfFiles, marksOfRooms, roomsOfAdapters } from "./forbidden-code.ts";

const sources = fileURLToPath(new URL("../../packages/cors/src/", import.meta.url));
const otherRooms = readdirSync(sources, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !roomsOfAdapters.includes(entry.name))
  .map((entry) => entry.name);
const names = adapterNames();

describe.each(names)("the bundle of %s", (name) => {
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleWhole(name);
  });

  test("is made of the adapters' rooms only", () => {
    const rooms = new Set(bundle.modules.map((path) => path.slice(0, path.indexOf("/"))));
    expect([...rooms].filter((room) => !roomsOfAdapters.includes(room))).toEqual([]);
    expect(rooms).toContain("decide");
  });

  test("holds no code of the browser simulator, the linter, the dialects or any other room", () => {
    const found = Object.values(marksOfRooms).flatMap((marks) => marks.filter((mark) => bundle.code.includes(mark)));
    expect(found).toEqual([]);
  });

  test("holds nothing that no server needs", () => {
    const files = marksOfFiles.map(([file]) => file);
    expect(bundle.modules.filter((path) => files.includes(path))).toEqual([]);
    expect(marksOfFiles.filter(([, mark]) => bundle.code.includes(mark))).toEqual([]);
  });

  test("holds no other adapter, but those that it is made of", () => {
    const made: Readonly<Record<string, readonly string[]>> = { next: ["fetch"], nest: ["express"] };
    const others = names.filter((other) => other !== name && !(made[name] ?? []).includes(other));
    expect(bundle.modules.filter((path) => others.some((other) => path === `adapters/${other}.ts`))).toEqual([]);
  });

  test("imports nothing, neither a framework nor a module of Node", () => {
    expect(bundle.imports).toEqual([]);
    expect(bundle.code).not.toMatch(/\bimport\(|\brequire\(/);
  });
});

describe("the marks by which code is recognised", () => {
  test.each(otherRooms)("the room %s has some, and they stand in its sources", (room) => {
    const text = readdirSync(join(sources, room), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(sources, room, file), "utf8"))
      .join("\n");
    expect(marksOfRooms[room]?.length, `add marks of ${room} to tests/bundles/forbidden-code.ts`).toBeGreaterThan(0);
    for (const mark of marksOfRooms[room] ?? []) expect(text).toContain(mark);
  });

  test.each(marksOfFiles)("%s has its own", (file, mark) => {
    expect(readFileSync(join(sources, file), "utf8")).toContain(mark);
  });
});

describe("a bundle that is run alone", () => {
  const page = "https://app.example.com";
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "corsmith-bundle-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("answers as the adapter does", async () => {
    const file = join(folder, "fetch.mjs");
    writeFileSync(file, (await bundleWhole("fetch")).code);
    const { cors }: typeof import("@corsmith/cors/fetch") = await import(pathToFileURL(file).href);
    const handle = cors({ allowOrigins: [page] })(() => new Response("hello"));
    const response = await handle(new Request("https://api.example.com/", { headers: { origin: page } }));
    expect(response.headers.get("access-control-allow-origin")).toBe(page);
    expect(() => cors({ allowOrigins: ["https://app.example.com/"] })).toThrow(/no trailing slash/);
  });

  test("S80: with a policy that was sealed before, serves as the adapter does, and takes up nothing else", async () => {
    const file = join(folder, "node.mjs");
    writeFileSync(file, (await bundleWithEngine("node")).code);
    const { enforce, restorePolicy }: typeof import("@corsmith/cors/node") & typeof import("@corsmith/cors/sealed") =
      await import(pathToFileURL(file).href);
    const sealed = JSON.stringify(
      sealPolicy(definePolicy({ allowOrigins: ["https://*.example.com"], allowCredentials: true })),
    );
    const guard = enforce(restorePolicy(JSON.parse(sealed)), { onError: () => {} });
    const server = createServer((request, response) =>
      guard(request, response, () => {
        throw new Error("broken");
      }),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    try {
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { origin: page } });
      expect(answer.status).toBe(500);
      expect(answer.headers.get("access-control-allow-origin")).toBe(page);
      expect(answer.headers.get("vary")).toBe("Origin");
    } finally {
      await new Promise((done) => server.close(done));
    }
    expect(() => restorePolicy(JSON.parse(sealed.replace("https://*.example.com", "https://*.github.io")))).toThrow(
      /not as it was sealed/,
    );
    expect(() => enforce(JSON.parse(sealed).policy)).toThrow(TypeError);
  });
});
