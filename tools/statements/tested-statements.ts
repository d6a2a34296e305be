/** `S5: …` or `S5, S6: …` at the beginning of a name. */
const prefix = /^(?<list>S\d+(?:, S\d+)*): /;
const switchedOff = /^\s*(?:\/\/|\*|\/\*)|\.(?:skip|todo)\b/;

/** The numbers of the statements that a test file names (`S38: never two …`), without lines that switch a test off. */
export function testedStatements(source: string): readonly number[] {
  return source
    .split("\n")
    .filter((line) => !switchedOff.test(line))
    .flatMap((line) => line.split(/["'`]/))
    .flatMap(numbersIn);
}

/** The same from the report of a run (vitest's JSON): only tests that passed count. */
export function passedStatements(report: string): readonly number[] {
  const { testResults }: Report = JSON.parse(report);
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "passed")
    .flatMap(({ ancestorTitles, title }) => [...ancestorTitles, title])
    .flatMap(numbersIn);
}

function numbersIn(title: string): readonly number[] {
  const list = prefix.exec(title)?.groups?.["list"] ?? "";
  return Array.from(list.matchAll(/\d+/g), ([number]) => Number(number));
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly TestCase[] }[];
}

interface TestCase {
  readonly status: string;
  readonly title: string;
  readonly ancestorTitles: readonly string[];
}
