import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findJsonError } from "../../src/config/read-json.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A JSON text with some characters replaced, put in or taken out. */
const nearlyJson = fc
  .tuple(
    fc.json(),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(..."{}[]\",:\\ \n\t01-+.eEtrufalsn'/#\u0001", ""), fc.nat(1)), {
      maxLength: 3,
    }),
  )
  .map(([json, changes]) =>
    changes.reduce((text, [position, character, removed]) => {
      const at = position % (text.length + 1);
      return text.slice(0, at) + character + text.slice(at + removed);
    }, json),
  );

describe("what JSON.parse refuses, and only that, has an error with a place", () => {
  test("on generated texts", () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        const error = findJsonError(text);
        if (error?.message.includes("second time")) return;
        expect(error === undefined, JSON.stringify(text)).toBe(isJson(text));
        if (error) expect(error.offset).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 20_000 },
    );
  });

  test.each([
    ["equal keys", '{"a":1,"a":2}', 7],
    ["equal keys, one of them escaped", '{"a":1,"\\u0061":2}', 7],
    ["equal keys further down", '{"a":[{"b":1,"b":1}]}', 13],
  ])("and so have %s", (_, text, offset) => {
    expect(findJsonError(text)?.offset).toBe(offset);
  });

  test("equal keys of two objects are none", () => {
    expect(findJsonError('[{"a":1},{"a":{"a":2}}]')).toBeUndefined();
  });

  test("however deep or long the text is", () => {
    expect(findJsonError("[".repeat(100_000))?.message).toContain("too deeply");
    expect(findJsonError(`"${"x".repeat(10_000_000)}"`)).toBeUndefined();
  });
});
