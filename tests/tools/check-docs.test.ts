import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkCode } from "../../tools/docs/check-code.ts";
import { collectCode } from "../../tools/docs/collect-code.ts";
import type { DocumentedCode } from "../../tools/docs/documented-code.ts";
import { temporaryTree } from "./temporary-tree.ts";

const fence = "```";

/** Inside the project: what the examples import is found from here. */
let folder = "";

beforeAll(() => {
  const artifacts = fileURLToPath(new URL("../../artifacts", import.meta.url));
  mkdirSync(artifacts, { recursive: true });
  folder = mkdtempSync(join(artifacts, "docs-code-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function piecesOf(files: Readonly<Record<string, string>>): readonly DocumentedCode[] {
  return collectCode(temporaryTree(files)).filter((each) => "code" in each);
}

function faultsOf(files: Readonly<Record<string, string>>): readonly string[] {
  return collectCode(temporaryTree(files)).flatMap((each) => ("fault" in each ? [`${each.line}: ${each.fault}`] : []));
}

describe("code is found", () => {
  test("in Markdown, with the line where it begins", () => {
    const found = piecesOf({
      "README.md": `# A\n\n${fence}ts\nconst a = 1;\n${fence}\n`,
      "docs/b/c.md": `${fence}ts no-run\nb\n${fence}`,
    });
    expect(found).toEqual([
      { file: "README.md", line: 4, code: "const a = 1;", run: true },
      { file: "docs/b/c.md", line: 2, code: "b", run: false },
    ]);
  });

  test("in doc comments, without the stars", () => {
    const source = `const x = 1;\n/**\n * Does.\n * @example\n * ${fence}ts\n * a();\n *   b();\n * ${fence}\n */\nexport {};\n`;
    expect(piecesOf({ "packages/p/src/a/b.ts": source })).toEqual([
      { file: "packages/p/src/a/b.ts", line: 6, code: "a();\n  b();", run: true },
    ]);
  });

  test("in a list, without its indentation; a fence inside a longer fence is text", () => {
    const markdown = `- item\n\n  ${fence}ts\n  a();\n  ${fence}\n\n${fence}${"`"}md\n${fence}ts\nno\n${fence}\n${fence}${"`"}\n${fence}sh\nls\n${fence}\n`;
    expect(piecesOf({ "docs/a.md": markdown }).map(({ code }) => code)).toEqual(["a();"]);
  });

  test("not in what npm installed, nor in other comments", () => {
    const comment = `// ${fence}ts\n// a();\n// ${fence}\n`;
    expect(
      piecesOf({ "packages/p/src/node_modules/x/a.md": `${fence}ts\na\n${fence}`, "packages/p/src/a.ts": comment }),
    ).toEqual([]);
  });

  test.for([
    ["ts nocheck", `3: "ts nocheck": the only word after "ts" is "no-run"`],
    ["typescript", `3: mark the fence "ts", not "typescript"`],
  ])("a fence marked %s is a fault", ([info, fault]) => {
    expect(faultsOf({ "docs/a.md": `text\n\n${fence}${info}\nx\n${fence}\n` })).toEqual([fault]);
  });
});

describe("code is checked", () => {
  const piece = (code: string, run = true): DocumentedCode => ({ file: "docs/a.md", line: 10, code, run });

  test("good code passes, in ignorance of its neighbours", async () => {
    const same = `import { definePolicy } from "@corsmith/cors";\nconst policy = definePolicy({ allowOrigins: "*" });\nconsole.log(policy);`;
    expect(await checkCode([piece(same), { ...piece(same), line: 30 }], folder)).toEqual([]);
  });

  test("a wrong type is named with the document's file and line", async () => {
    const [fault, ...others] = await checkCode([piece("const a = 1;\nconst b: string = a;", false)], folder);
    expect(fault).toMatch(/^docs\/a\.md:11:7: error TS2322/m);
    expect(others).toEqual([]);
  });

  test("code that throws is named with the document's file and line", async () => {
    const faults = await checkCode([piece(`const a = 1;\nif (a === 1) throw new Error("no");`)], folder);
    expect(faults).toEqual([
      expect.stringMatching(/^docs\/a\.md:10: the example fails when it runs\n[\s\S]*docs\/a\.md:11/),
    ]);
  });

  test("an assertion that does not hold is a fault, though Node would go on", async () => {
    const faults = await checkCode(
      [piece("console.assert(1 + 1 === 2);\nconsole.assert(1 + 1 === 3, 'sum');")],
      folder,
    );
    expect(faults).toEqual([expect.stringMatching(/console\.assert failed: sum[\s\S]*docs\/a\.md:11/)]);
  });

  test("code marked no-run is type-checked and does not run", async () => {
    expect(await checkCode([piece(`throw new Error("no");`, false)], folder)).toEqual([]);
  });
}, 60_000);
