import type { Statement } from "./statement.ts";

/** What is wrong between the list and the tests, a sentence each. */
export function checkStatements(statements: readonly Statement[], tested: readonly number[]): readonly string[] {
  const numbers = new Set(tested);
  const defined = new Set(statements.map(({ number }) => number));
  const untested = statements.filter(({ number, doesNotApply }) => doesNotApply === undefined && !numbers.has(number));
  return [
    ...untested.map(({ number, says }) => `S${number} has no test: ${says}`),
    ...[...numbers]
      .filter((number) => !defined.has(number))
      .map((number) => `S${number} is named by a test and not defined in tools/statements.json`),
    ...numberingFaults(statements),
  ];
}

function numberingFaults(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ number, doesNotApply }, index) => {
    if (number !== index + 1) return [`number ${number} stands where ${index + 1} belongs`];
    return doesNotApply?.trim() === "" ? [`S${number} does not apply, but no reason is given`] : [];
  });
}
