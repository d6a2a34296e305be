import { yaml } from "@codemirror/lang-yaml";
import { EditorState } from "@codemirror/state";
import { describe, expect, test } from "vitest";
import { findingRange, findingsAt, placedFindings, showFindings } from "../../src/editor/placed-findings.ts";

const config = `policy:
  allowOrigins:
    - https://app.example.com/ # the app
    - "https://*"
  maxAge: 999999
  allowMethods: [GETT, 'P T']
  alowHeaders: [x-a]
  allowCredentials: &yes maybe
routes:
  - path: api
    policy: { maxAge: "soon" }
`;
const json = JSON.stringify({ policy: { allowOrigins: ["https://a.example/"], maxAge: -1, dangerously: { x: true } } });
const broken = "policy:\n  allowOrigins: [https://a.example\n  maxAge: 5\n\n";

/** What is underlined, of a finding that begins where this text does. */
function underlined(text: string, begins: string, ofKey = false): string {
  const state = EditorState.create({ doc: text, extensions: [yaml()] });
  const { from, to } = findingRange(state, text.indexOf(begins), ofKey);
  return text.slice(from, to);
}

describe("what is underlined", () => {
  test.each([
    ["an item of a list, without its comment", config, "https://app", "https://app.example.com/"],
    ["an item in quotes", config, '"https://*"', '"https://*"'],
    ["the value of a key", config, "maxAge: 999999", "999999"],
    ["an item of a list in brackets", config, "GETT", "GETT"],
    ["an item with a space in it", config, "'P T'", "'P T'"],
    ["a key whose value is a list", config, "allowOrigins", "allowOrigins"],
    ["a value with an anchor", config, "allowCredentials", "maybe"],
    ["a value in braces", config, 'maxAge: "soon"', '"soon"'],
    ["a key whose value is more than a word", config, "policy: {", "policy"],
    ["an item of JSON", json, '"https://a', '"https://a.example/"'],
    ["a value of JSON", json, '"maxAge"', "-1"],
    ["a key of JSON whose value is an object", json, '"dangerously"', '"dangerously"'],
  ])("is %s", (_, text, begins, expected) => {
    expect(underlined(text, begins)).toBe(expected);
  });

  test.each([
    ["in YAML", config, "alowHeaders", "alowHeaders"],
    ["in YAML, though its value is a word", config, "maxAge: 999999", "maxAge"],
    ["in JSON", json, '"x"', '"x"'],
  ])("is the key that nobody knows, %s", (_, text, begins, expected) => {
    expect(underlined(text, begins, true)).toBe(expected);
  });

  test("is a word where the text is no YAML, and the last one before where nothing stands", () => {
    expect(underlined(broken, "[https")).toBe("[https://a.example");
    const state = EditorState.create({ doc: broken, extensions: [yaml()] });
    expect(findingRange(state, broken.length, false)).toEqual({ from: broken.length, to: broken.length });
    const end = broken.indexOf("5") + 1;
    expect(findingRange(state, end, false)).toEqual({ from: end - 1, to: end });
  });
});

test("a finding stays with its text while somebody types around it", () => {
  const from = config.indexOf("GETT");
  const line = config.slice(0, from).split("\n").length;
  const column = from - config.lastIndexOf("\n", from);
  const finding = { line, column, ofKey: false, severity: "error", message: "No method." } as const;
  let { state } = EditorState.create({ doc: config, extensions: [yaml(), placedFindings] }).update({
    effects: showFindings([finding, { ...finding, line: 99 }]),
  });
  state = state.update({ changes: { from: 0, insert: "# first\n" } }).state;
  const placed = state.field(placedFindings);
  expect(placed.map((each) => state.sliceDoc(each.from, each.to))).toEqual(["GETT"]);
  expect(findingsAt(placed, from + 8 + 2)).toHaveLength(1);
  expect(findingsAt(placed, from)).toEqual([]);
  state = state.update({ changes: { from: from + 6, to: from + 14 } }).state;
  expect(state.field(placedFindings).every((each) => each.from <= each.to)).toBe(true);
});
