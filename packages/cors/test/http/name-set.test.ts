import { describe, expect, it } from "vitest";
import { compileNames } from "../../src/http/name-set.ts";

const few = ["x-a", "x-bb", "x-cc", "content-type"];
const many = Array.from({ length: 500 }, (_, index) => `x-${String(index).padStart(4, "0")}`);

describe("a set of names", () => {
  it.each([
    ["few names", few],
    ["many names of one length", many],
  ])("of %s has its own and no other", (_, names) => {
    const set = compileNames(names);
    expect(names.filter((name) => !set.has(name))).toEqual([]);
    expect(["", "x", "x-z", "x-zz", "x-9999", "constructor", "x-a,x-bb"].filter((name) => set.has(name))).toEqual([]);
  });

  it.each([
    ["one of them", "x-a", true],
    ["all of them, in any order and again", "content-type,x-a,x-bb,x-cc,x-a", true],
    ["another name", "x-a,x-z", false],
    ["a name that begins like one of them", "x-ab", false],
    ["upper case, which must be read to know", "X-A", false],
    ["spaces, which must be read to know", "x-a, x-bb", false],
    ["an empty member, which must be read to know", "x-a,,x-bb", false],
    ["a comma at the end, which must be read to know", "x-a,", false],
    ["nothing, which must be read to know", "", false],
  ])("sees at once whether a list holds %s", (_, list, seen) => {
    expect(compileNames(few).hasAllOf(list)).toBe(seen);
  });
});
