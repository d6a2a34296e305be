import { describe, expect, it } from "vitest";
import { mergeVary } from "../../src/index.ts";

describe("merging Vary", () => {
  it.each([
    ["nothing there", undefined, "Origin", "Origin"],
    ["an empty value there", "", "Origin", "Origin"],
    ["S44: what is there is kept", "Accept-Encoding", "Origin", "Accept-Encoding, Origin"],
    ["S44: nothing stands twice, whatever its case", "origin,ACCEPT", "Origin, Accept", "origin, ACCEPT"],
    ["S44: * stays *", "*", "Origin", "*"],
    ["S44: * among others is *", "Accept, *", "Origin", "*"],
    ["S45: several lines are one list", ["Accept", "Cookie, origin"], "Origin", "Accept, Cookie, origin"],
    ["empty members are dropped", "Accept,, ,", "Origin", "Accept, Origin"],
  ])("%s", (_, existing, members, merged) => {
    expect(mergeVary(existing, members)).toBe(merged);
  });
});
