import { type Database, type SqlRow, textOf } from "../database/database.ts";
import { given, samples as sql, whereAll } from "../database/statements.ts";
import type { Sample, Samples, SamplesQuery } from "../schema/decisions.ts";
import { pageSize } from "./breakdown.ts";

export async function samples(database: Database, query: SamplesQuery): Promise<Samples> {
  const limit = pageSize(query.limit);
  const { where, values } = whereAll([
    given("blocked = ?", query.blocked === undefined ? undefined : Number(query.blocked)),
    query.errors === true ? ["failed = 1"] : undefined,
    given("origin = ?", query.origin),
    given("route = ?", query.route),
    given("reason = ?", query.reason),
    given("id < ?", query.before),
  ]);
  const rows = await database.all(sql.page(where), [...values, limit + 1]);
  const page = rows.slice(0, limit).map(sampleOf);
  const last = page.at(-1);
  return rows.length <= limit || last === undefined ? { samples: page } : { samples: page, next: last.id };
}

export async function sample(database: Database, id: string): Promise<Sample | undefined> {
  const [row] = await database.all(sql.byId, [id]);
  return row && sampleOf(row);
}

export function sampleOf(row: SqlRow): Sample {
  return JSON.parse(textOf(row, "data")) as Sample;
}
