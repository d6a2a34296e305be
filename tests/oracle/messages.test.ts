import { failureOf } from "@corsmith/cors/browser";
import { explain } from "@corsmith/cors/explain";
import { expect, test } from "vitest";
import { type Code, type Outcome, outcomeOf } from "./explained-outcome.ts";
import { type RealEngine, readOracle, realEngines, type Verdict } from "./oracle-case.ts";
import { replayCase } from "./replay-case.ts";
import { withOrigins } from "./symbols.ts";

/** A message that an engine printed, and the failure that it is about: the simulator's, which agrees with the engine's own code. */
interface Printed {
  readonly text: string;
  readonly code: Code;
  readonly verdict: Verdict;
}

/** How many messages of the recording each engine printed, and of how many it is right, with or without others beside it. */
const expected: Readonly<Record<RealEngine, Readonly<Record<Outcome, number>>>> = {
  chromium: { first: 670, among: 32, "no reason": 24, wrong: 0 },
  firefox: { first: 451, among: 243, "no reason": 71, wrong: 0 },
  webkit: { first: 404, among: 294, "no reason": 33, wrong: 0 },
};

test.each(realEngines)("every message that %s printed is recognised", async (engine) => {
  const counts: Record<Outcome, number> = { first: 0, among: 0, "no reason": 0, wrong: 0 };
  const wrong: string[] = [];
  for (const printed of await messagesOf(engine)) {
    const outcome = outcomeOf(explain(printed.text), printed.code);
    counts[outcome] += 1;
    if (outcome === "wrong") wrong.push(`${printed.code}: ${printed.text}`);
  }
  expect(wrong).toEqual([]);
  expect(counts).toEqual(expected[engine]);
});

test("Chromium's own code of every message is that of the explanation, too", async () => {
  const apart = (await messagesOf("chromium")).filter(({ text, verdict }) => {
    const explained = explain(text);
    const codes =
      explained.outcome === "known"
        ? explained.matches.flatMap(({ code, others }) => [code, ...others.map((other) => other.code)])
        : [];
    return !codes.some((code) => failureOf(code as Code)?.chromium.includes(verdict.code ?? ""));
  });
  expect(apart.filter(({ text }) => text !== "Failed to fetch").map(({ text }) => text)).toEqual([]);
});

async function messagesOf(engine: RealEngine): Promise<readonly Printed[]> {
  const printed: Printed[] = [];
  for (const oracleCase of readOracle()) {
    const traces = await replayCase(oracleCase, engine);
    for (const [index, verdict] of oracleCase.engines[engine].steps.entries()) {
      const trace = traces[index];
      const text = verdict.message ?? verdict.reason ?? verdict.code;
      if (trace?.outcome !== "error" || text === undefined) continue;
      printed.push({ text: withOrigins(text), code: trace.code, verdict });
    }
  }
  return printed;
}
