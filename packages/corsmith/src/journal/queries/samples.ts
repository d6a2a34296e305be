import type { Sample } from "../counting/sample.ts";
import { type Database, textOf } from "../database/database.ts";
import type { SqlRow, SqlValue } from "../journal.ts";
import type { SamplesPage, SamplesQuery } from "../journal-queries.ts";
import { pageSize } from "./breakdown.ts";

/** A page of the sample, the newest first. */
export async function samples(database: Database, query: SamplesQuery): Promise<SamplesPage> {
  const limit = pageSize(query.limit);
  const wanted: [string, SqlValue | undefined][] = [
    ["blocked = ?", query.blocked === undefined ? undefined : Number(query.blocked)],
    ["failed = ?", query.errors === true ? 1 : undefined],
    ["origin = ?", query.origin],
    ["route = ?", query.route],
    ["reason = ?", query.reason],
    ["id < ?", query.before],
  ];
  const given = wanted.filter((condition): condition is [string, SqlValue] => condition[1] !== undefined);
  const where = given.length === 0 ? "" : `WHERE ${given.map(([condition]) => condition).join(" AND ")}`;
  const rows = await database.all(`SELECT data FROM corsmith_samples ${where} ORDER BY id DESC LIMIT ?`, [
    ...given.map(([, value]) => value),
    limit + 1,
  ]);
  const page = rows.slice(0, limit).map(toSample);
  const last = page.at(-1);
  return rows.length <= limit || last === undefined ? { samples: page } : { samples: page, next: last.id };
}

/** One decision of the sample. */
export async function sample(database: Database, id: string): Promise<Sample | undefined> {
  const [row] = await database.all("SELECT data FROM corsmith_samples WHERE id = ?", [id]);
  return row === undefined ? undefined : toSample(row);
}

function toSample(row: SqlRow): Sample {
  return JSON.parse(textOf(row, "data")) as Sample;
}
