import { describe, expect, test } from "vitest";
import { killRounds } from "./kill-rounds.ts";

describe.skipIf(process.platform !== "linux")("a gateway that is killed at any moment under load", () => {
  test.each([
    [1, 4],
    [2, 2],
  ])(
    "with %i worker(s): the journal opens, and what was written is there once",
    async (workers, rounds) => {
      const report = await killRounds(rounds, workers);
      expect(report.integrity).toEqual(report.integrity.map(() => "ok"));
      expect(report.keptAtTheEnd).toEqual(report.rounds.map(({ kept }) => kept));
      for (const { kept, answeredInTime, sent } of report.rounds) {
        expect(kept).toBeGreaterThanOrEqual(answeredInTime);
        expect(kept).toBeLessThanOrEqual(sent);
      }
    },
    120_000,
  );
});
