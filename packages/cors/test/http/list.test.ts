import { describe, expect, it } from "vitest";
import { maxListBytes, maxListNames, parseNameList } from "../../src/http/list.ts";

describe("a list of header names", () => {
  it.each([
    ["nothing at all", undefined, []],
    ["an empty line", "", []],
    ["one name", "x-a", ["x-a"]],
    ["S59: spaces, tabs and empty members are passed over", " x-a ,\t,, x-b\t,", ["x-a", "x-b"]],
    ["S59: several lines are one list", ["x-a, x-b", "", "x-c"], ["x-a", "x-b", "x-c"]],
    ["S60: upper case is read as lower case", "X-A,Authorization", ["x-a", "authorization"]],
    ["S60: repeats and disorder are kept as they came", "x-b,x-a,x-b", ["x-b", "x-a", "x-b"]],
    ["every byte that a token may have", "!#$%&'*+-.^_`|~09az", ["!#$%&'*+-.^_`|~09az"]],
  ])("%s", (_, lines, names) => {
    expect(parseNameList(lines)).toEqual({ names });
  });

  it.each([
    ["a space inside a name", "x-a x-b", "invalid-name"],
    ["a semicolon between names", "x-a;x-b", "invalid-name"],
    ["a quoted name", '"x-a"', "invalid-name"],
    ["a control character", "x-a\u0001", "invalid-name"],
    ["a byte above ASCII", "x-ä", "invalid-name"],
    ["a null byte", "x\u0000", "invalid-name"],
    ["a fault in a later line", ["x-a", "x b"], "invalid-name"],
    ["S61: more bytes than the cap", "a".repeat(maxListBytes + 1), "too-long"],
    ["S61: more bytes than the cap in lines that are each short enough", Array(100).fill("a".repeat(100)), "too-long"],
    [
      "S61: more names than the cap",
      Array(maxListNames + 1)
        .fill("a")
        .join(","),
      "too-many",
    ],
  ])("%s is no list", (_, lines, fault) => {
    expect(parseNameList(lines)).toEqual({ fault });
  });

  it("S61: a megabyte of commas is refused without being read", () => {
    const commas = ",".repeat(1_000_000);
    const before = performance.now();
    for (let run = 0; run < 1000; run += 1) parseNameList(commas);
    // A thousand scans of a megabyte would take seconds; a thousand look-ups of its length take none.
    expect(performance.now() - before).toBeLessThan(500);
    expect(parseNameList(commas)).toEqual({ fault: "too-long" });
  });

  it("S62: the caps are far above what browsers send", () => {
    const everySdk = Array.from({ length: 100 }, (_, index) => `x-some-vendor-header-${index}`).join(",");
    expect(parseNameList(everySdk)).toHaveProperty("names.length", 100);
  });
});
