const switchedOff = /^\s*(?:\/\/|\*|\/\*)|\.(?:skip|todo)\b/;

/** The numbers of the statements that a test file names (`S38: never two …`), without lines that switch a test off. */
export function testedStatements(source: string): readonly number[] {
  return source
    .split("\n")
    .filter((line) => !switchedOff.test(line))
    .flatMap((line) => Array.from(line.matchAll(/["'`]S(\d+): /g), ([, number]) => Number(number)));
}

/** The same from the report of a run (vitest's JSON): only tests that passed count. */
export function passedStatements(report: string): readonly number[] {
  const { testResults }: Report = JSON.parse(report);
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "passed")
    .flatMap(({ ancestorTitles, title }) => [...ancestorTitles, title])
    .flatMap((title) => [...(/^S(\d+): /.exec(title)?.slice(1) ?? [])].map(Number));
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly TestCase[] }[];
}

interface TestCase {
  readonly status: string;
  readonly title: string;
  readonly ancestorTitles: readonly string[];
}
