import type { Reason } from "@corsmith/cors";
import { hourMs, minuteMs } from "../counting/delta.ts";
import { type Database, numberOf, one, type SqlRow, textOf } from "../database/database.ts";
import { type Condition, facets, given, rollups, origins as sql, whereAll } from "../database/statements.ts";
import type { TimeRange } from "../schema/common.ts";
import type { OriginsQuery, StoredOrigin, StoredOriginDetail, StoredOrigins, Tally } from "../schema/origins.ts";
import type { EngineFamily } from "../schema/words.ts";
import { breakdown, countsOf, pageSize, wholeMinutes } from "./breakdown.ts";
import { samples } from "./samples.ts";
import { series } from "./series.ts";

/** Routes of one origin that a list shows. */
const maxRoutes = 50;
/** What the detail of one origin shows. */
const maxTallies = 50;
const maxSamples = 20;

const columns: Readonly<Record<NonNullable<OriginsQuery["sort"]>, string>> = {
  "last-seen": "last_seen",
  "first-seen": "first_seen",
  decisions: "decisions",
  refused: "refused",
  origin: "origin",
};

export async function origins(database: Database, query: OriginsQuery): Promise<StoredOrigins> {
  const { search = "", verdict, credentials } = query;
  const column = columns[query.sort ?? "last-seen"];
  const upwards = (column === "origin") !== (query.reverse === true);
  const limit = pageSize(query.limit);
  const matching = [
    search === "" ? undefined : given("LOWER(origin) LIKE ? ESCAPE '!'", containing(search)),
    verdict && ([`${verdict} > 0`] as const),
    credentials === undefined ? undefined : ([credentials ? "credentialed > 0" : "credentialed = 0"] as const),
    given("first_seen >= ?", query.firstSeenFrom),
    given(sql.calledRoute, query.route),
  ];
  const all = whereAll(matching);
  const total = numberOf(await one(database, sql.count(all.where), all.values), "origins");
  const { where, values } = whereAll([...matching, afterCursor(query.cursor, column, upwards)]);
  const rows = await database.all(sql.page(where, column, upwards ? "ASC" : "DESC"), [...values, limit + 1]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const listed = await summaries(database, page);
  if (rows.length <= limit || last === undefined) return { origins: listed, total };
  return { origins: listed, total, next: JSON.stringify([last[column] ?? "", textOf(last, "origin")]) };
}

/** One origin in detail; `undefined` for one that the inventory does not know. */
export async function origin(
  database: Database,
  name: string,
  wanted: TimeRange,
): Promise<StoredOriginDetail | undefined> {
  const [summary] = await summaries(database, await database.all(sql.byName, [name]));
  if (summary === undefined) return undefined;
  const range = wholeMinutes(wanted);
  const inRange = await database.all(rollups.byReasonOfOrigin, [range.from, range.to, name]);
  const { counts, byReason } = breakdown(inRange);
  const blocked = await samples(database, { origin: name, blocked: true, limit: maxSamples });
  const passed = await samples(database, { origin: name, blocked: false, limit: maxSamples });
  return {
    summary,
    inRange: { counts, byReason },
    routes: await tallies(database, name, "route"),
    methods: await tallies(database, name, "method"),
    engines: await tallies(database, name, "engine"),
    series: await series(database, range, stepFor(range), "reason", { origin: name }),
    samples: [...blocked.samples, ...passed.samples].slice(0, maxSamples),
  };
}

/** These origins as the inventory knows them. @param rows of `corsmith_origins` */
async function summaries(database: Database, rows: readonly SqlRow[]): Promise<StoredOrigin[]> {
  if (rows.length === 0) return [];
  const names = rows.map((row) => textOf(row, "origin"));
  const byOrigin = Map.groupBy(await database.all(facets.ofOrigins(names.length), names), (row) =>
    textOf(row, "origin"),
  );
  return rows.map((row) => {
    const own = Map.groupBy(byOrigin.get(textOf(row, "origin")) ?? [], (facet) => textOf(facet, "facet"));
    const namesOf = (facet: string): string[] => (own.get(facet) ?? []).map((each) => textOf(each, "name"));
    return {
      origin: textOf(row, "origin"),
      firstSeen: numberOf(row, "first_seen"),
      lastSeen: numberOf(row, "last_seen"),
      allowed: numberOf(row, "allowed"),
      refused: numberOf(row, "refused"),
      counts: countsOf(row),
      byReason: Object.fromEntries(
        (own.get("reason") ?? []).map((each) => [textOf(each, "name") as Reason, numberOf(each, "decisions")]),
      ),
      routes: namesOf("route").slice(0, maxRoutes),
      engines: namesOf("engine") as EngineFamily[],
    };
  });
}

async function tallies(database: Database, name: string, facet: string): Promise<Tally[]> {
  const rows = await database.all(facets.ofOrigin, [name, facet, maxTallies]);
  return rows.map((row) => ({
    name: textOf(row, "name"),
    decisions: numberOf(row, "decisions"),
    refused: numberOf(row, "refused"),
    lastSeen: numberOf(row, "last_seen"),
  }));
}

function containing(text: string): string {
  return `%${text.toLowerCase().replace(/[%_!]/g, "!$&")}%`;
}

/**
 * What comes after a cursor; anything that is not a cursor counts as none. Of equals the names decide, in the same direction: so no row comes
 * twice, and each comes.
 */
function afterCursor(text: string | undefined, column: string, upwards: boolean): Condition | undefined {
  try {
    const [value, origin]: unknown[] = JSON.parse(text ?? "[]");
    if ((typeof value !== "string" && typeof value !== "number") || typeof origin !== "string") return undefined;
    const sign = upwards ? ">" : "<";
    return [`(${column} ${sign} ? OR (${column} = ? AND origin ${sign} ?))`, value, value, origin];
  } catch {
    // Neither JSON nor a list.
    return undefined;
  }
}

/** About a hundred points, and whole hours where the range is long, since of old times only hours are kept. */
function stepFor({ from, to }: TimeRange): number {
  const step = (to - from) / 100;
  return step > 30 * minuteMs ? Math.ceil(step / hourMs) * hourMs : step;
}
