import process from "node:process";
import { describe, expect, test } from "vitest";
import { realEngines } from "../oracle/oracle-case.ts";
import { requireEngine } from "../support/real-engines.ts";
import { type Agreement, measureAgreement } from "./comparison.ts";
import { describeAgreement, describeDisagreement, describeRecognition } from "./describe-comparison.ts";
import { generateCases } from "./generate/generate-cases.ts";
import { recognise } from "./recognition.ts";
import { readRecordedVersions } from "./recorded-versions.ts";

// The same few cases in every run, so that nobody's change is held up by what a new case shows: `npm run engines` looks for that.
const seed = Number(process.env["CORSMITH_ENGINE_SEED"] ?? 246_427);
const count = Number(process.env["CORSMITH_ENGINE_CASES"] ?? 150);
/** Cases that may go otherwise, be it only on the wire: one in a thousand, and one even of few, for that is how something new is found. */
const allowed = Math.max(1, Math.floor(count / 1000));
const minutes = 60_000;

describe.each(realEngines)("the real %s on generated cases", (engine) => {
  const mayRun = requireEngine(engine);

  test.skipIf(!mayRun)(
    `S110: does as the simulator, and what it prints is recognised (seed ${seed}, ${count} cases)`,
    { timeout: 30 * minutes },
    async () => {
      const agreement = await measureAgreement(engine, generateCases(seed, count));
      report(agreement);
      expect(agreement.unplayable).toEqual([]);
      const apart = agreement.disagreements.map((disagreement) => describeDisagreement(engine, disagreement));
      expect(apart.length, apart.join("\n\n")).toBeLessThanOrEqual(allowed);
      expect(agreement.cases).toBe(count);

      const { wrong, lines } = recognise(agreement.printed);
      expect(lines.first).toBeGreaterThan(0);
      expect(wrong).toEqual([]);
    },
  );
});

/** Prints the figures, and whether a recording is old. */
function report(agreement: Agreement): void {
  const { engine, version, disagreements } = agreement;
  const lines = [
    describeAgreement(agreement, seed),
    describeRecognition(recognise(agreement.printed)),
    ...disagreements.map((apart) => describeDisagreement(engine, apart)),
  ];
  const recorded = readRecordedVersions()[engine];
  if (recorded !== version) {
    lines.push(
      `*** The recording is of ${engine} ${recorded}, this is ${version}: record it again (CONTRIBUTING.md says how). ***`,
    );
  }
  process.stderr.write(`\n${lines.join("\n")}\n`);
}
