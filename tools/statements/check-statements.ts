import type { Statement } from "./statement.ts";

/** The numbering goes on after our list, with what later parts of the project must hold; tests may name those already. */
const highestNumber = 110;

/** What is wrong between the list and the tests, a sentence each. */
export function checkStatements(statements: readonly Statement[], tested: readonly number[]): readonly string[] {
  const numbers = new Set(tested);
  const untested = statements.filter(({ number, doesNotApply }) => doesNotApply === undefined && !numbers.has(number));
  return [
    ...untested.map(({ number, says }) => `S${number} has no test: ${says}`),
    ...[...numbers]
      .filter((number) => number < 1 || number > highestNumber)
      .map((number) => `S${number} is no statement`),
    ...numberingFaults(statements),
  ];
}

function numberingFaults(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ number, doesNotApply }, index) => {
    if (number !== index + 1) return [`number ${number} stands where ${index + 1} belongs`];
    return doesNotApply?.trim() === "" ? [`S${number} does not apply, but no reason is given`] : [];
  });
}
