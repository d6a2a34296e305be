import type { JournalQueries } from "../journal-queries.ts";
import { questionNames } from "./ask.ts";

/** The questions, each asked by its name where the answers are. */
export function queriesBy(
  ask: (question: keyof JournalQueries, values: readonly unknown[]) => Promise<unknown>,
): JournalQueries {
  const entries = questionNames.map((name) => [name, (...values: readonly unknown[]) => ask(name, values)]);
  return Object.fromEntries(entries) as unknown as JournalQueries;
}
