import type { Database } from "../database/database.ts";
import type { JournalQueries } from "../journal-queries.ts";
import { origin, origins } from "./origins.ts";
import { overview, routes } from "./overview.ts";
import { sample, samples } from "./samples.ts";
import { series } from "./series.ts";

/** The names of all questions. */
export const questionNames = ["overview", "series", "origins", "origin", "routes", "samples", "sample"] as const;

/** Everything that can be asked of a database. */
export function questionsTo(database: Database): JournalQueries {
  return {
    overview: (range) => overview(database, range),
    series: (range, step, by, options) => series(database, range, step, by, options),
    origins: (query) => origins(database, query),
    origin: (name, range) => origin(database, name, range),
    routes: (range) => routes(database, range),
    samples: (query) => samples(database, query),
    sample: (id) => sample(database, id),
  };
}

/** The questions, each asked by its name where the answers are. */
export function queriesBy(
  ask: (question: keyof JournalQueries, values: readonly unknown[]) => Promise<unknown>,
): JournalQueries {
  const entries = questionNames.map((name) => [name, (...values: readonly unknown[]) => ask(name, values)]);
  return Object.fromEntries(entries) as unknown as JournalQueries;
}
