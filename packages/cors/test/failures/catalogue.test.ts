import { type FailureCode, failureOf } from "@corsmith/cors/browser";
import { type ExplanationCode, explain, explanationOf, explanations, findExplanation } from "@corsmith/cors/explain";
import { describe, expect, expectTypeOf, test } from "vitest";

const codes: ReadonlySet<string> = new Set(explanations.map(({ code }) => code));

test("every failure of the simulator has an explanation, and the compiler sees to it", () => {
  expectTypeOf<FailureCode>().toExtend<ExplanationCode>();
});

describe.each(explanations.map((explanation) => [explanation.code, explanation] as const))(
  "%s",
  (code, explanation) => {
    test("says what, which rule, why, and who can end it", () => {
      expect(explanation.title).toMatch(/^\S.*[^.]$/);
      expect(explanation.rule).toMatch(/^\S.*\.$/);
      expect(explanation.section.url).toMatch(/^https:\/\//);
      expect(explanation.causes.length).toBeGreaterThan(0);
      expect(explanation.fixes.length).toBeGreaterThan(0);
      for (const { what } of explanation.fixes) expect(what).toMatch(/^\S.*\.$/);
    });

    test("points to what is there, and not to itself", () => {
      expect(explanation.seeAlso.filter((other) => !codes.has(other) || other === code)).toEqual([]);
    });

    test("is found by its own messages", () => {
      for (const message of Object.values(explanation.messages).flat()) {
        const said = message.replaceAll(/\{(\w+)\}/g, (_: string, place: string) => examples[place] ?? place);
        const explained = explain(said);
        const found =
          explained.outcome === "known"
            ? explained.matches.flatMap((match) => [match.code, ...match.others.map((other) => other.code)])
            : [];
        expect(found.length, said).toBeGreaterThan(0);
      }
    });
  },
);

const examples: Readonly<Record<string, string>> = {
  url: "https://api.example.com/x",
  origin: "https://app.example.com",
  from: "https://app.example.com/",
  to: "https://other.example.com/",
  method: "PUT",
  header: "x-a",
  value: "x",
  status: "404",
  what: "Window",
};

test("a code that is not in the catalogue is refused", () => {
  expect(() => explanationOf("no-such" as ExplanationCode)).toThrow('code: "no-such" is not a failure code.');
});

describe("a misconfiguration that is the same fact is found by its own code", () => {
  test.each([
    ["wildcard-with-credentials", "wildcard-origin-with-credentials"],
    ["duplicate-acao", "multiple-allow-origin-values"],
    ["authorization-under-wildcard", "header-authorization-not-covered-by-wildcard"],
    ["wildcard-token-with-credentials", "method-wildcard-with-credentials"],
    ["preflight-needs-auth", "preflight-unauthorized"],
  ])("%s is %s", (name, code) => {
    expect(findExplanation(name)?.code).toBe(code);
    expect(explain(name)).toMatchObject({ outcome: "known", matches: [{ code, certainty: "said" }] });
  });

  test("and a failure's own code always finds itself", () => {
    for (const { code } of explanations) expect(findExplanation(code)?.code).toBe(code);
  });

  test("a name of neither is not found", () => expect(findExplanation("no-such")).toBeUndefined());
});

test("no fix is to switch CORS off, to trust null or to echo any origin", () => {
  const advice = explanations.flatMap(({ fixes }) => fixes.map(({ what }) => what));
  const bad = /disable-web-security|install .*extension|use mode: "no-cors"|allow all origins|Allow-Origin: \*/i;
  expect(advice.filter((what) => bad.test(what))).toEqual([]);
});

describe("the simulator's short fix and the explanation name the same side first", () => {
  const shared = explanations.filter(({ code, kind }) => kind === "cors" && isFailure(code));
  test.each(shared.map(({ code, fixes }) => [code, fixes] as const))("%s", (code, fixes) => {
    const short = failureOf(code as FailureCode).fix;
    const who = /^The page/.test(short) ? "client" : /^The server/.test(short) ? "server" : undefined;
    if (who !== undefined) expect(fixes.map((fix) => fix.who)).toContain(who);
  });
});

function isFailure(code: ExplanationCode): boolean {
  return failureOf(code as FailureCode) !== undefined;
}
