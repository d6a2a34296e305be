import type { Database } from "../database/database.ts";
import type { JournalQueries } from "../journal-queries.ts";
import { origin } from "./origin.ts";
import { origins } from "./origins.ts";
import { overview } from "./overview.ts";
import { routes } from "./routes.ts";
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
