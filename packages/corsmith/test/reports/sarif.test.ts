import { buildMatcher } from "@microsoft/jest-sarif/lib/build-matcher.js";
import { expect, test } from "vitest";
import type { FindingReport } from "../../src/reports/finding-report.ts";
import { toSarif } from "../../src/reports/sarif.ts";
import { sampleReport } from "./sample-report.ts";

/** The published JSON Schema of SARIF 2.1.0. */
const judge = buildMatcher();

function validate(log: unknown): { readonly pass: boolean; readonly why: string } {
  const { pass, message } = judge(log);
  return { pass, why: pass ? "" : message() };
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly Result[];
  }[];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

const parse = (report: FindingReport): Log => JSON.parse(toSarif(report)) as Log;

test.for([
  ["with findings", sampleReport],
  ["without any", { ...sampleReport, findings: [] }],
] as const)("a log %s is valid by the schema of SARIF 2.1.0", ([, report]) => {
  expect(validate(parse(report))).toEqual({ pass: true, why: "" });
});

test("the schema would have refused a log without a tool", () => {
  expect(validate({ version: "2.1.0", runs: [{ results: [] }] }).pass).toBe(false);
});

test("each result names its rule, its level and a place that code scanning takes", () => {
  const [run] = parse(sampleReport).runs;
  const results = run?.results ?? [];
  expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ["suffix-match", "error"],
    ["max-age-missing", "note"],
  ]);
  for (const { ruleId, ruleIndex } of results) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  const places = results.map(({ locations }) => locations[0]?.physicalLocation);
  // An absolute URL of http: is refused there: a path has no scheme and no colon.
  expect(places).toEqual([
    { artifactLocation: { uri: "api.acme.com/orders" }, region: { startLine: 1 } },
    { artifactLocation: { uri: "nginx.conf" }, region: { startLine: 3, startColumn: 7 } },
  ]);
});

test("the fingerprint stays when only the words change, and differs by rule and place", () => {
  const print = (report: FindingReport): readonly (string | undefined)[] =>
    (parse(report).runs[0]?.results ?? []).map(({ partialFingerprints }) => partialFingerprints["corsmith/v1"]);
  const [first, second] = print(sampleReport);
  const reworded = sampleReport.findings.map((finding) => ({ ...finding, message: "Otherwise." }));
  expect(print({ ...sampleReport, findings: reworded })).toEqual([first, second]);
  expect(first).not.toBe(second);
});
