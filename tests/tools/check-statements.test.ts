import { describe, expect, test } from "vitest";
import { checkStatements } from "../../tools/statements/check-statements.ts";
import { readStatements } from "../../tools/statements/statement.ts";
import { passedStatements, testedStatements } from "../../tools/statements/tested-statements.ts";

describe("statements named by tests", () => {
  test("in a name, in a table, in any quotes", () => {
    const source = `test("S1: a", f);\ntest.each([["S2: b"], ['S30: c']])("%s", f);\ndescribe(\`S4, S5: d\`, f);`;
    expect(testedStatements(source)).toEqual([1, 2, 30, 4, 5]);
  });

  test.each([
    `// test("S1: a", f);`,
    ` * test("S1: a", f);`,
    `test.skip("S1: a", f);`,
    `test.todo("S1: a");`,
    `test("about S1: a", f);`,
    `test("S1 a", f);`,
    `test("S1, a: b", f);`,
  ])("not by %j", (source) => {
    expect(testedStatements(source)).toEqual([]);
  });

  test("of a run, only those that passed", () => {
    const assertionResults = [
      { status: "passed", title: "S1: a", ancestorTitles: [] },
      { status: "passed", title: "b", ancestorTitles: ["x", "S2, S5: b"] },
      { status: "failed", title: "S3: c", ancestorTitles: [] },
      { status: "skipped", title: "S4: d", ancestorTitles: [] },
    ];
    expect(passedStatements(JSON.stringify({ testResults: [{ assertionResults }] }))).toEqual([1, 2, 5]);
  });
});

describe("the list", () => {
  const list = [
    { number: 1, says: "a" },
    { number: 2, says: "b", doesNotApply: "for a reason" },
  ];

  test("each applying one has a test", () => {
    expect(checkStatements(list, [1])).toEqual([]);
  });

  test("an applying one without a test is a fault", () => {
    expect(checkStatements(list, [])).toEqual(["S1 has no test: a"]);
  });

  test("a number that is not defined is a fault", () => {
    expect(checkStatements(list, [1, 3])).toEqual(["S3 is named by a test and not defined in tools/statements.json"]);
  });

  test("a gap and a missing reason are faults", () => {
    const gap = [
      { number: 1, says: "a", doesNotApply: " " },
      { number: 3, says: "c" },
    ];
    expect(checkStatements(gap, [3])).toEqual([
      "S1 does not apply, but no reason is given",
      "number 3 stands where 2 belongs",
    ]);
  });

  test("the project's own has the numbers 1 to 110", () => {
    expect(readStatements().map(({ number }) => number)).toEqual(Array.from({ length: 110 }, (_, index) => index + 1));
  });
});
