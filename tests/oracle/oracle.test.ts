import { type Behaviour, deviations, openPage } from "@corsmith/cors/browser";
import { describe, expect, test } from "vitest";
import { compareCase } from "./compare-case.ts";
import { type OracleCase, type RealEngine, readOracle, realEngines } from "./oracle-case.ts";
import { replayCase } from "./replay-case.ts";

const cases = readOracle();
const byId = new Map(cases.map((oracleCase) => [oracleCase.id, oracleCase]));

/** Rows of the recording with which the simulator does not agree, and why that holds. */
const knownDisagreements: Readonly<Record<RealEngine, Readonly<Record<string, string>>>> = {
  chromium: {},
  firefox: {},
  webkit: {},
};

describe("1,500 recorded cases", () => {
  test("are all there", () => {
    expect(cases).toHaveLength(1500);
  });

  test.each(realEngines)("%s's verdicts, codes, visible headers and requests are the simulator's", async (engine) => {
    const found: Record<string, readonly string[]> = {};
    for (const oracleCase of cases) {
      const differences = await differencesOf(oracleCase, engine);
      if (differences.length > 0) found[oracleCase.id] = differences;
    }
    const unexplained = Object.fromEntries(Object.entries(found).filter(([id]) => !(id in knownDisagreements[engine])));
    expect(unexplained).toEqual({});
    expect(Object.keys(knownDisagreements[engine]).filter((id) => !(id in found))).toEqual([]);
  });

  test.each(realEngines)("tell %s from the standard, so the comparison can fail", async (engine) => {
    const apart: string[] = [];
    for (const oracleCase of cases) {
      const traces = await replayCase(oracleCase, "standard");
      if (compareCase(oracleCase, engine, traces).length > 0) apart.push(oracleCase.id);
    }
    expect(apart.length).toBeGreaterThan(20);
    expect(apart.length).toBeLessThan(300);
  });
});

describe("each row of the table of deviations", () => {
  const rows = Object.entries(deviations);

  test.each(rows)("%s says where it was seen", (_, { cases: seen = [], measured }) => {
    expect(seen.length > 0 || measured !== undefined).toBe(true);
  });

  const evidence = rows.flatMap(([name, { cases: seen = [] }]) => seen.map((id) => [name, id] as const));
  test.each(evidence)("%s is needed for %s", async (name, id) => {
    const oracleCase = byId.get(id);
    if (oracleCase === undefined) throw new Error(`${id} is not recorded.`);
    const row = deviations[name as keyof Behaviour];
    const without: Partial<Behaviour> = { [name]: row.standard ?? false };
    const changed: RealEngine[] = [];
    for (const engine of realEngines) {
      if (row[engine] === undefined) continue;
      if ((await differencesOf(oracleCase, engine, without)).length > 0) changed.push(engine);
    }
    expect(changed).not.toEqual([]);
  });
});

test("an engine that is not known is refused with the names of those that are", () => {
  expect(() => openPage({ origin: "https://a.example", engine: "netscape" as "firefox" })).toThrow(
    'engine: "netscape" is not known. Use one of: standard, chromium, firefox, webkit.',
  );
});

async function differencesOf(
  oracleCase: OracleCase,
  engine: RealEngine,
  behaviour: Partial<Behaviour> = {},
): Promise<readonly string[]> {
  const traces = await replayCase(oracleCase, engine, behaviour);
  return compareCase(oracleCase, engine, traces).map(({ words }) => words);
}
