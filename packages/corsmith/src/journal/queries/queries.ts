import type { Database } from "../database/database.ts";
import { origin, origins } from "./origins.ts";
import { overview, routes } from "./overview.ts";
import { sample, samples } from "./samples.ts";
import { series } from "./series.ts";

/** Everything that can be asked of a journal's database, by name. With several gateways on one, each answers for all. */
export const queries = { overview, series, origins, origin, routes, samples, sample };

export type QueryName = keyof typeof queries;

type Asked<Query> = Query extends (database: Database, ...values: infer Values) => infer Answer
  ? (...values: Values) => Answer
  : never;

/** The queries, wherever the database is. */
export type JournalQueries = { readonly [Name in QueryName]: Asked<(typeof queries)[Name]> };

/** The queries, each asked by its name where the database is. */
export function queriesBy(ask: (name: QueryName, values: readonly unknown[]) => Promise<unknown>): JournalQueries {
  const names = Object.keys(queries) as QueryName[];
  const asked = names.map((name) => [name, (...values: readonly unknown[]) => ask(name, values)]);
  return Object.fromEntries(asked) as JournalQueries;
}

/** Asks a database. @throws {TypeError} for a query that there is not */
export async function query(database: Database, name: QueryName, values: readonly unknown[]): Promise<unknown> {
  if (!Object.hasOwn(queries, name)) throw new TypeError(`Unknown query: ${name}.`);
  const asked = queries[name] as (database: Database, ...values: readonly unknown[]) => Promise<unknown>;
  return await asked(database, ...values);
}
