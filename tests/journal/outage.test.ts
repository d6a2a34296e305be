import { describe, expect, test } from "vitest";
import { postgresPackage, postgresProgram } from "../support/postgres.ts";
import { requireProgram } from "../support/real-thing.ts";
import { outage } from "./outage.ts";

describe.skipIf(!requireProgram(postgresProgram, postgresPackage))(
  "PostgreSQL that goes away under two gateways",
  () => {
    test("is nobody's trouble: every request is answered, and every decision is written afterwards or counted as lost", async () => {
      const report = await outage(4);
      expect(report.unanswered).toBe(0);
      expect(report.events).toEqual([
        ["journal-failing", "journal-recovered"],
        ["journal-failing", "journal-recovered"],
      ]);
      for (const [place, sent] of report.sent.entries())
        expect((report.kept[place] ?? 0) + (report.lost[place]?.decisions ?? 0)).toBe(sent);
    }, 120_000);
  },
);
