import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstQuestion, type Question } from "../../src/try-it/question.ts";
import { fromFragment, toFragment } from "../../src/try-it/share-link.ts";

const question: Question = { ...firstQuestion, engine: "firefox", against: "in-force" };

describe("a link to a question", () => {
  test("leads back to it", () => {
    expect(fromFragment(toFragment(question))).toEqual({ ...question, policyText: firstQuestion.policyText });
  });

  test.each([
    ["a password in the URL", { url: "https://me:s3cret@api.example.com/x" }],
    ["a query", { url: "https://api.example.com/x?page=s3cret" }],
    ["a token", { headers: [{ name: "Authorization", value: "Bearer s3cret" }] }],
    ["any other header", { headers: [{ name: "X-Anything", value: "s3cret" }] }],
  ])("does not hold %s", (_, change) => {
    expect(decodeURIComponent(toFragment({ ...question, ...change }))).not.toContain("s3cret");
  });

  test("never holds the value of a header that decides nothing", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,12}$/), fc.stringMatching(/^[A-Z]{12,20}$/), (name, value) => {
        fc.pre(!["accept", "range"].includes(name));
        return !toFragment({ ...question, headers: [{ name, value }] }).includes(value);
      }),
    );
  });

  test("that is no link is none", () => {
    expect(fromFragment("#main")).toBeUndefined();
  });
});
