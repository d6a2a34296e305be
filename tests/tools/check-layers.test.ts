import { describe, expect, test } from "vitest";
import { checkPackage } from "../../tools/layers/check-package.ts";
import { type PackageLayers, readLayerTable } from "../../tools/layers/layer-table.ts";
import { temporaryTree } from "./temporary-tree.ts";

const layers: PackageLayers = {
  entries: ["index.ts"],
  outside: [],
  nodeBuiltins: ["edge/node"],
  rooms: { low: {}, high: { imports: ["low"], types: ["edge"] }, edge: { imports: ["low"] } },
};

/** Uses every import that the table allows. */
const complete: Readonly<Record<string, string>> = {
  "src/index.ts": `export { a } from "./low/a.ts";`,
  "src/low/a.ts": "",
  "src/high/uses.ts": `import { a } from "../low/a.ts";\nimport type { E } from "../edge/uses.ts";`,
  "src/edge/uses.ts": `import { a } from "../low/a.ts";`,
};

function faultsOf(files: Readonly<Record<string, string>>): readonly string[] {
  return checkPackage(temporaryTree({ ...complete, ...files }), layers);
}

describe("the import table", () => {
  test("what it allows passes", () => {
    const files = {
      "src/low/a.ts": `import { b } from "./b.ts";\nexport const a: string = b;`,
      "src/low/b.ts": `/** @example\n * import { x } from "../high/a.ts";\n */\nexport const b = "";`,
      "src/high/a.ts": `import {\n  a,\n} from "../low/a.ts";\nimport type { e } from "../edge/node.ts";`,
      "src/edge/node.ts": `import { request } from "node:http";\nimport "../low/a.ts";`,
      "package.json": `{ "devDependencies": { "x": "1" } }`,
    };
    expect(faultsOf(files)).toEqual([]);
  });

  test.for<[string, Record<string, string>, string]>([
    [
      "an upward import",
      { "src/low/a.ts": `import { x } from "../high/a.ts";` },
      "low/a.ts:1: low may not import from high",
    ],
    [
      "an upward export",
      { "src/low/a.ts": `\nexport * from "../high/a.ts";` },
      "low/a.ts:2: low may not import from high",
    ],
    ["an upward import for effect", { "src/low/a.ts": `import "../high/a.ts";` }, "low may not import from high"],
    [
      "an upward dynamic import",
      { "src/low/a.ts": `const x = await import("../high/a.ts");` },
      "low may not import from high",
    ],
    [
      "an upward import of types",
      { "src/low/a.ts": `import type { X } from "../high/a.ts";` },
      "low may not import from high",
    ],
    [
      "an import over several lines",
      { "src/low/a.ts": `import {\n  x,\n  y,\n} from "../high/a.ts";` },
      "low/a.ts:1: low may not",
    ],
    [
      "a value where types are allowed",
      { "src/high/a.ts": `import { e } from "../edge/node.ts";` },
      `only types from edge`,
    ],
    [
      "an inline type where types are allowed",
      { "src/high/a.ts": `import { type E } from "../edge/e.ts";` },
      `only types from edge`,
    ],
    ["a room that is not listed", { "src/attic/a.ts": "" }, `the folder "attic" is not in the import table`],
    ["a file outside the rooms", { "src/extra.ts": "" }, "extra.ts: only index.ts may stand directly in src/"],
    [
      "a room that imports the entry",
      { "src/low/b.ts": `import { x } from "../index.ts";` },
      "may not import an entry",
    ],
    ["a path into another package", { "src/low/a.ts": `import "../../../other/src/x.ts";` }, "leaves the package"],
    ["a dependency", { "src/low/a.ts": `import pick from "lodash";` }, `"lodash": this package has no dependencies`],
    [
      "a builtin in the wrong room",
      { "src/low/a.ts": `import { join } from "node:path";` },
      "Node's builtins belong to edge/node",
    ],
    [
      "a circle",
      { "src/low/a.ts": `import "./b.ts";`, "src/low/b.ts": `import "./c.ts";`, "src/low/c.ts": `import "./a.ts";` },
      "a circle of imports: low/a.ts → low/b.ts → low/c.ts → low/a.ts",
    ],
    [
      "a circle of types",
      { "src/low/a.ts": `import type { B } from "./b.ts";`, "src/low/b.ts": `import type { A } from "./a.ts";` },
      "a circle of imports: low/a.ts → low/b.ts → low/a.ts",
    ],
    [
      "an import that the table allows and nothing uses",
      { "src/edge/uses.ts": "" },
      "lets edge import from low, which",
    ],
    [
      "a value that the table allows where only types are used",
      { "src/edge/uses.ts": `import type { A } from "../low/a.ts";` },
      `edge imports only types from low; list it under "types"`,
    ],
    ["a drawer", { "src/low/utils/a.ts": "" }, "low/utils: name the folder after what is in it"],
    ["dependencies in package.json", { "package.json": `{ "dependencies": {} }` }, `"dependencies" is not wanted`],
    ["peers in package.json", { "package.json": `{ "peerDependencies": {} }` }, `"peerDependencies" is not wanted`],
  ])("%s is a fault", ([, files, fault]) => {
    expect(faultsOf(files)).toEqual([expect.stringContaining(fault)]);
  });

  test("a folder that the table lists and the tree does not have is a fault", () => {
    const { low = {}, ...rest } = layers.rooms;
    const table = { ...layers, rooms: { low, ...rest, attic: {} } };
    expect(checkPackage(temporaryTree(complete), table)).toEqual([
      `tools/layers.json lists the folder "attic", which does not exist`,
    ]);
  });

  test("a package without sources is a fault, not a pass", () => {
    expect(checkPackage(temporaryTree({ "readme.md": "" }), layers)).toHaveLength(1);
  });
});

describe("the project's own table", () => {
  const table = readLayerTable();

  test.each(Object.entries(table))("%s names only folders that it lists, and no circle of folders", (_, { rooms }) => {
    const reaches = (room: string, seen: readonly string[]): readonly string[] =>
      [...(rooms[room]?.imports ?? []), ...(rooms[room]?.types ?? [])].flatMap((next) =>
        seen.includes(next) ? [next] : [next, ...reaches(next, [...seen, next])],
      );
    for (const room of Object.keys(rooms)) {
      expect(Object.keys(rooms)).toEqual(expect.arrayContaining([...reaches(room, [])]));
      expect(reaches(room, [])).not.toContain(room);
    }
  });

  test("the browser never sees the policy or the decision", () => {
    expect(table["packages/cors"]?.rooms["browser"]).toEqual({ imports: ["failures", "http", "origin"] });
  });
});
