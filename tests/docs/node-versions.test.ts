import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(`${root}${file}`, "utf8").replaceAll(/\s+/g, " ");

/** Three facts, said everywhere alike. `tests/packed` tries them on those very versions. */
const library = "library runs on Node 20.19 and later";
const command = "command on Node 22.13 and later";
const scripts = "Node 20 or later";

describe("which Node is needed", () => {
  test.each([
    ["README.md", [scripts, library, command]],
    ["CONTRIBUTING.md", [scripts, library, command]],
    ["packages/cors/README.md", [library]],
    ["packages/corsmith/README.md", ["command runs on Node 22.13 and later"]],
    ["docs/guide/library.md", [library]],
    ["packages/corsmith/bin/corsmith.js", ["Corsmith needs Node 22.13 or later"]],
    ["Dockerfile", ["Node 22.13 or later"]],
    ["docs/guide/container.md", ["Node 22.13 or later"]],
  ])("%s says it as everywhere", (file, sentences) => {
    for (const sentence of sentences) expect(read(file)).toContain(sentence);
  });

  test.each([
    ["package.json", ">=20"],
    ["packages/cors/package.json", ">=20.19"],
    ["packages/corsmith/package.json", ">=22.13"],
  ])("%s asks for it", (file, range) => {
    expect(JSON.parse(read(file))).toMatchObject({ engines: { node: range } });
  });
});
