import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readConfigFile } from "../../src/config/read-config-file.ts";
import { ConfigFolder } from "./support/config-folder.ts";

describe("syntax errors come with line, column and fix", () => {
  const table: [name: string, text: string, place: [number, number], fix: RegExp][] = [
    // YAML
    ["a bare star.yaml", "policy:\n  allowOrigins: *\n", [2, 17], /quoted in YAML: "\*"/],
    ["a bare star in a list.yaml", "allowOrigins:\n  - *\n", [2, 5], /quoted/],
    ["tab.yaml", "policy:\n\tallowOrigins: x\n", [2, 1], /tabs/],
    ["twice the same key.yaml", "policy:\n  maxAge: 1\n  maxAge: 2\n", [3, 3], /Keep one/],
    ["two documents.yml", "a: 1\n---\nb: 2\n", [2, 1], /one document/],
    ["open bracket.yaml", "policy:\n  allowOrigins: [https://a.example\n", [3, 1], /indented|Correct/],
    // JSON
    ["comma at the end.json", '{\n  "listen": 8080,\n}', [2, 17], /Remove the comma/],
    ["no comma.json", '{\n  "listen": 8080\n  "admin": 1\n}', [3, 3], /comma between/],
    ["comment.json", '{\n  // why\n  "listen": 1\n}', [2, 3], /\.yaml/],
    ["single quotes.json", "{ 'listen': 1 }", [1, 3], /double quotes/],
    ["key without quotes.json", "{ listen: 1 }", [1, 3], /double quotes/],
    ["no colon.json", '{ "listen" 1 }', [1, 12], /colon/],
    ["no value.json", '{ "listen": }', [1, 13], /Write a value/],
    ["text not closed.json", '{ "listen": "8080\n}', [1, 13], /double quote/],
    ["bad number.json", '{ "workers": 01 }', [1, 14], /Write a value/],
    ["ends too early.json", '{ "policy": {', [1, 14], /bracket/],
    ["something behind.json", "{} x", [1, 4], /Remove/],
    ["twice the same key.json", '{\n  "listen": 1,\n  "listen": 2\n}', [3, 3], /Keep one/],
    // Modules
    ["syntax.ts", "export default {\n  a: ,\n};\n", [2, 6], /Correct this line/],
    ["throws.mjs", 'const a = 1;\nthrow new Error("no database");\n', [2, 7], /Run it alone/],
  ];
  test.each(table)("%s", (name, text, [line, column], fix) => {
    using folder = new ConfigFolder({ [name]: text });
    const outcome = readConfigFile(folder.file(name));
    expect(outcome.ok).toBe(false);
    const [finding] = outcome.ok ? [] : outcome.findings;
    expect(finding).toMatchObject({ severity: "error", file: folder.file(name), line, column });
    expect(finding?.fix).toMatch(fix);
  });
});

describe("a file that is no configuration is refused", () => {
  const table: [name: string, text: string | undefined, code: string][] = [
    ["missing.yaml", undefined, "config-not-found"],
    ["missing.ts", undefined, "config-not-found"],
    ["missing.toml", undefined, "config-not-found"],
    ["empty.yaml", "", "config-empty"],
    ["only a comment.yaml", "# nothing yet\n", "config-empty"],
    ["empty.json", " \n", "config-empty"],
    ["null.json", "null", "config-empty"],
    ["policy.toml", "a = 1", "config-type-unknown"],
    ["policy", "a: 1", "config-type-unknown"],
    ["named.ts", "export const policy = {};", "config-no-default-export"],
    ["waits.mjs", "export default await Promise.resolve({});", "config-syntax"],
  ];
  test.each(table)("%s", (name, text, code) => {
    using folder = new ConfigFolder(text === undefined ? {} : { [name]: text });
    const outcome = readConfigFile(folder.file(name));
    expect(outcome.ok ? [] : outcome.findings.map((finding) => finding.code)).toEqual([code]);
  });

  test("a folder", () => {
    using folder = new ConfigFolder({ "policy.yaml/x": "" });
    expect(readConfigFile(folder.file("policy.yaml"))).toMatchObject({
      ok: false,
      findings: [{ code: "config-unreadable" }],
    });
  });
});

describe("a module is run afresh, with what it imports", () => {
  const packages = { commonjs: "{}", module: '{ "type": "module" }' };
  const endings: [entry: string, kind: keyof typeof packages][] = [
    ["corsmith.config.ts", "commonjs"],
    ["corsmith.config.ts", "module"],
    ["corsmith.config.mjs", "commonjs"],
    ["corsmith.config.js", "module"],
  ];
  test.each(endings)("%s in a package of type %s", (entry, kind) => {
    const origins = (n: number): string => `export const origins = ["https://${n}.example"];\n`;
    using folder = new ConfigFolder({
      "package.json": packages[kind],
      "origins.mjs": origins(1),
      "more.cjs": "module.exports = { n: 1 };\n",
      "data.json": '{ "n": 1 }',
      [entry]: [
        'import { origins } from "./origins.mjs";',
        'import more from "./more.cjs";',
        'import data from "./data.json" with { type: "json" };',
        "export default { policy: { allowOrigins: origins }, more: more.n, data: data.n };\n",
      ].join("\n"),
    });
    const read = (): unknown => {
      const outcome = readConfigFile(folder.file(entry));
      expect(outcome.ok).toBe(true);
      expect(outcome.files.toSorted()).toEqual(
        [entry, "data.json", "more.cjs", "origins.mjs"].map((name) => folder.file(name)).toSorted(),
      );
      return outcome.ok ? outcome.document.value : undefined;
    };
    expect(read()).toEqual({ policy: { allowOrigins: ["https://1.example"] }, more: 1, data: 1 });
    writeFileSync(folder.file("origins.mjs"), origins(2));
    writeFileSync(folder.file("more.cjs"), "module.exports = { n: 2 };\n");
    writeFileSync(folder.file("data.json"), '{ "n": 2 }');
    expect(read()).toEqual({ policy: { allowOrigins: ["https://2.example"] }, more: 2, data: 2 });
  });

  test("CommonJS is read by its module.exports", () => {
    using folder = new ConfigFolder({ "policy.cjs": 'module.exports = { allowOrigins: ["https://a.example"] };' });
    const outcome = readConfigFile(folder.file("policy.cjs"));
    expect(outcome.ok && outcome.document.value).toEqual({ allowOrigins: ["https://a.example"] });
  });
});

test("a byte order mark before JSON is no mistake", () => {
  using folder = new ConfigFolder({ "policy.json": '\uFEFF{ "maxAge": 1 }' });
  expect(readConfigFile(folder.file("policy.json"))).toMatchObject({ ok: true, document: { value: { maxAge: 1 } } });
});
