import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkPolicy, dangerTable, policyFromEnvironment, policyKeys, policyKeyTable } from "../../src/index.ts";

const keys = Object.entries(policyKeyTable);

/** The rows of the guide's table: key, in short, environment variable. */
const rows = readFileSync(new URL("../../../../docs/guide/parameters.md", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| [`"))
  .map((line) => line.split("|").map((cell) => /`(?<name>\w+)`/.exec(cell)?.groups?.["name"]));

test("the table has the keys that are read, and no other", () => {
  expect(Object.keys(policyKeyTable)).toEqual(policyKeys);
});

test("the table of switches has those that are read, and no other", () => {
  const all = Object.fromEntries(Object.keys(dangerTable).map((name) => [name, true]));
  expect(checkPolicy({ allowOrigins: ["https://a.example"], dangerously: all })).toEqual([]);
  const [finding] = checkPolicy({ allowOrigins: ["https://a.example"], dangerously: { q: true } });
  expect(finding?.fix).toBe(`One of: ${Object.keys(dangerTable).join(", ")}.`);
});

test("the guide's table has every key, and no other", () => {
  expect(rows.map(([, key]) => key).toSorted()).toEqual(policyKeys.toSorted());
});

describe("of the key", () => {
  test.each(keys)("%s, the guide has the variable", (key, { variable }) => {
    expect(rows.find(([, name]) => name === key)?.[3]).toBe(variable);
  });

  test.each(keys)("%s, the examples are right, in a file and in the variable", (key, { type, variable, examples }) => {
    const base = key === "allowOrigins" || key === "preset" ? {} : { allowOrigins: ["https://a.example"] };
    for (const example of examples) {
      const value = ["choice", "list", "preset"].includes(type) ? example : JSON.parse(example);
      const needed = key === "preset" ? { allowOrigins: ["https://a.example"] } : {};
      expect(checkPolicy({ ...base, ...needed, [key]: value })).toEqual([]);
      if (variable !== undefined) expect(policyFromEnvironment({ [variable]: example }).findings).toEqual([]);
    }
  });
});
