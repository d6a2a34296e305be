import type { Reason } from "@corsmith/cors";
import { countNames } from "../counts.ts";
import { reasons } from "../decision-facts.ts";
import type { RollupRow } from "../delta.ts";
import { addCounts } from "../live-moment.ts";

/** What a writer has counted since it began, by reason, in the order of `countNames`. It only grows: whoever reads it late has missed nothing. */
export type RunningSums = ReadonlyMap<Reason, readonly number[]>;

/** The sums with further rows. */
export function withRows(sums: RunningSums, rows: readonly RollupRow[]): RunningSums {
  const grown = new Map([...sums].map(([reason, counts]) => [reason, [...counts]]));
  for (const { reason, counts } of rows) {
    const sum = grown.get(reason) ?? countNames.map(() => 0);
    addCounts(sum, counts);
    grown.set(reason, sum);
  }
  return grown;
}

/** What was added since; of a writer that has begun anew, and so counts less than before, all. */
export function addedSince(now: RunningSums, before: RunningSums): RunningSums {
  return new Map(
    [...now].map(([reason, counts]) => {
      const old = before.get(reason) ?? [];
      const again = counts.some((count, place) => count < (old[place] ?? 0));
      return [reason, again ? counts : counts.map((count, place) => count - (old[place] ?? 0))];
    }),
  );
}

/** As it stands in the database. */
export function sumsToText(sums: RunningSums): string {
  return JSON.stringify(Object.fromEntries(sums));
}

/** What stands in the database. Anything that is not understood, since another version has written it, counts nothing. */
export function sumsFromText(text: string): RunningSums {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return new Map();
  const entries = Object.entries(value).filter(
    (entry): entry is [Reason, number[]] =>
      reasons.some((reason) => reason === entry[0]) && Array.isArray(entry[1]) && entry[1].every(Number.isSafeInteger),
  );
  return new Map(entries);
}
