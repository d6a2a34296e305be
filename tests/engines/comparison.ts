import type { Engine } from "@corsmith/cors/browser";
import { compareCase, type Difference, type DifferenceOf } from "../oracle/compare-case.ts";
import type { Code } from "../oracle/explained-outcome.ts";
import type { RealEngine } from "../oracle/oracle-case.ts";
import { replayCase } from "../oracle/replay-case.ts";
import { openHarness, withVerdict } from "./harness.ts";
import type { PlayedCase, UnplayedCase } from "./play-case.ts";

/** A case on which the simulator and the engine do not agree. */
export interface Disagreement {
  readonly unplayed: UnplayedCase;
  readonly played: PlayedCase;
  readonly differences: readonly Difference[];
}

/** What came of playing cases in an engine, and beside it in the simulator. */
export interface Agreement {
  readonly engine: RealEngine;
  readonly version: string;
  readonly cases: number;
  readonly disagreements: readonly Disagreement[];
  /** Cases over which the engine hung. */
  readonly unplayable: readonly UnplayedCase[];
  /** All that it printed, and what it said of failed fetches. */
  readonly printed: readonly Printed[];
  readonly seconds: number;
}

/** The lines that a console showed of one request, and what the simulator says was the matter with it. */
export interface Printed {
  readonly id: string;
  readonly lines: readonly string[];
  /** `undefined` for a request that went well. */
  readonly code: Code | undefined;
}

/** Plays the cases in the real engine and in the simulator. A case that does not agree is played once more: it must differ again. */
export async function measureAgreement(
  engine: RealEngine,
  cases: readonly UnplayedCase[],
  onCase: (done: number, disagreement?: Disagreement) => void = () => undefined,
): Promise<Agreement> {
  const started = Date.now();
  const harness = await openHarness(engine);
  const disagreements: Disagreement[] = [];
  const unplayable: UnplayedCase[] = [];
  const printed: Printed[] = [];
  try {
    for (const [index, unplayed] of cases.entries()) {
      let judged = judge(engine, unplayed, await harness.play(unplayed));
      if ((await judged)?.differences.length) judged = judge(engine, unplayed, await harness.play(unplayed));
      const result = await judged;
      if (result === undefined) {
        unplayable.push(unplayed);
        continue;
      }
      printed.push(...result.printed);
      const disagreement = result.differences.length > 0 ? { unplayed, ...result } : undefined;
      if (disagreement !== undefined) disagreements.push(disagreement);
      onCase(index + 1, disagreement);
    }
    const seconds = (Date.now() - started) / 1000;
    const { version } = harness;
    return { engine, version, cases: cases.length, disagreements, unplayable, printed, seconds };
  } finally {
    await harness.close();
  }
}

interface Judged {
  readonly played: PlayedCase;
  readonly differences: readonly Difference[];
  readonly printed: readonly Printed[];
}

async function judge(
  engine: RealEngine & Engine,
  unplayed: UnplayedCase,
  played: PlayedCase | undefined,
): Promise<Judged | undefined> {
  if (played === undefined) return undefined;
  const judgedCase = withVerdict(unplayed, engine, played);
  const traces = await replayCase(judgedCase, engine);
  const printed = played.consoleMessages.flatMap((lines, index): readonly Printed[] => {
    const trace = traces[index];
    const code = trace?.outcome === "error" ? trace.code : undefined;
    return lines.length === 0 ? [] : [{ id: unplayed.id, lines, code }];
  });
  return { played, differences: compareCase(judgedCase, engine, traces), printed };
}

/** How many of a hundred cases agree in this. */
export function agreementOn(agreement: Agreement, about: readonly DifferenceOf[]): number {
  const apart = agreement.disagreements.filter(({ differences }) => differences.some(({ of }) => about.includes(of)));
  return 100 * (1 - apart.length / agreement.cases);
}
