import type { Reason } from "@corsmith/cors";
import { hourMs, minuteMs } from "../counting/delta.ts";
import type { EngineFamily } from "../counting/engine-family.ts";
import { type Database, numberOf, one, textOf } from "../database/database.ts";
import type { SqlRow, SqlValue } from "../journal.ts";
import type {
  OriginDetail,
  OriginSort,
  OriginSummary,
  OriginsPage,
  OriginsQuery,
  Tally,
  TimeRange,
} from "../journal-queries.ts";
import { breakdown, countsOf, pageSize, sumsOfCounts, wholeMinutes } from "./breakdown.ts";
import { samples } from "./samples.ts";
import { series } from "./series.ts";

/** Routes of one origin that a list shows. */
const mostRoutes = 50;

const columns: Readonly<Record<OriginSort, string>> = {
  "last-seen": "last_seen",
  "first-seen": "first_seen",
  decisions: "decisions",
  refused: "refused",
  origin: "origin",
};

/** A page of the inventory. */
export async function origins(database: Database, query: OriginsQuery): Promise<OriginsPage> {
  const sort = columns[query.sort ?? "last-seen"];
  const upwards = (sort === "origin") !== (query.reverse === true);
  const limit = pageSize(query.limit);
  const { parts, values } = conditions(query);
  const whole = parts.length === 0 ? "" : `WHERE ${parts.join(" AND ")}`;
  const counted = await one(database, `SELECT COUNT(*) AS origins FROM corsmith_origins ${whole}`, values);
  const cursor = readCursor(query.cursor);
  if (cursor !== undefined) {
    // Of equals the names decide, in the same direction: so no row comes twice, and none is left out.
    const sign = upwards ? ">" : "<";
    parts.push(`(${sort} ${sign} ? OR (${sort} = ? AND origin ${sign} ?))`);
    values.push(cursor.value, cursor.value, cursor.origin);
  }
  const where = parts.length === 0 ? "" : `WHERE ${parts.join(" AND ")}`;
  const direction = upwards ? "ASC" : "DESC";
  const rows = await database.all(
    `SELECT * FROM corsmith_origins ${where} ORDER BY ${sort} ${direction}, origin ${direction} LIMIT ?`,
    [...values, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const listed = await summaries(database, page);
  const total = numberOf(counted, "origins");
  if (rows.length <= limit || last === undefined) return { origins: listed, total };
  return { origins: listed, total, next: JSON.stringify([last[sort] ?? "", textOf(last, "origin")]) };
}

/** What the inventory says of these origins. @param rows of `corsmith_origins` */
async function summaries(database: Database, rows: readonly SqlRow[]): Promise<OriginSummary[]> {
  if (rows.length === 0) return [];
  const names = rows.map((row) => textOf(row, "origin"));
  const facets = await database.all(
    `SELECT origin, facet, name, decisions FROM corsmith_facets
     WHERE origin IN (${names.map(() => "?").join(", ")}) ORDER BY decisions DESC, name`,
    names,
  );
  const byOrigin = Map.groupBy(facets, (facet) => textOf(facet, "origin"));
  return rows.map((row) => {
    const own = byOrigin.get(textOf(row, "origin")) ?? [];
    const namesOf = (facet: string): string[] =>
      own.filter((each) => each["facet"] === facet).map((each) => textOf(each, "name"));
    const reasons = own.filter(({ facet }) => facet === "reason");
    return {
      origin: textOf(row, "origin"),
      firstSeen: numberOf(row, "first_seen"),
      lastSeen: numberOf(row, "last_seen"),
      allowed: numberOf(row, "allowed"),
      refused: numberOf(row, "refused"),
      counts: countsOf(row),
      byReason: Object.fromEntries(
        reasons.map((each) => [textOf(each, "name") as Reason, numberOf(each, "decisions")]),
      ),
      routes: namesOf("route").slice(0, mostRoutes),
      engines: namesOf("engine") as EngineFamily[],
    };
  });
}

function conditions(query: OriginsQuery): { readonly parts: string[]; readonly values: SqlValue[] } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  if (query.search !== undefined && query.search !== "") {
    parts.push("LOWER(origin) LIKE ? ESCAPE '!'");
    values.push(`%${query.search.toLowerCase().replace(/[%_!]/g, "!$&")}%`);
  }
  if (query.verdict !== undefined) parts.push(query.verdict === "allowed" ? "allowed > 0" : "refused > 0");
  if (query.credentials !== undefined) parts.push(query.credentials ? "credentialed > 0" : "credentialed = 0");
  if (query.firstSeenFrom !== undefined) {
    parts.push("first_seen >= ?");
    values.push(query.firstSeenFrom);
  }
  if (query.route !== undefined) {
    parts.push(
      "EXISTS (SELECT 1 FROM corsmith_facets AS facet WHERE facet.origin = corsmith_origins.origin AND facet.facet = 'route' AND facet.name = ?)",
    );
    values.push(query.route);
  }
  return { parts, values };
}

/** A cursor that is none is as good as no cursor. */
function readCursor(text: string | undefined): { readonly value: SqlValue; readonly origin: string } | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    const [value, origin]: unknown[] = Array.isArray(parsed) ? parsed : [];
    if ((typeof value === "string" || typeof value === "number") && typeof origin === "string")
      return { value, origin };
  } catch {
    // Not ours.
  }
  return undefined;
}

const mostTallies = 50;
const mostSamples = 20;

/** One origin, closely. */
export async function origin(database: Database, name: string, wanted: TimeRange): Promise<OriginDetail | undefined> {
  const [summary] = await summaries(
    database,
    await database.all("SELECT * FROM corsmith_origins WHERE origin = ?", [name]),
  );
  if (summary === undefined) return undefined;
  const range = wholeMinutes(wanted);
  const inRange = await database.all(
    `SELECT reason, ${sumsOfCounts} FROM corsmith_rollups WHERE origin = ? AND start >= ? AND start < ? GROUP BY reason`,
    [name, range.from, range.to],
  );
  const { counts, byReason } = breakdown(inRange);
  const blocked = await samples(database, { origin: name, blocked: true, limit: mostSamples });
  const passed = await samples(database, { origin: name, blocked: false, limit: mostSamples });
  return {
    summary,
    inRange: { counts, byReason },
    routes: await tallies(database, name, "route"),
    methods: await tallies(database, name, "method"),
    engines: await tallies(database, name, "engine"),
    series: await series(database, range, stepFor(range), "reason", { origin: name }),
    samples: [...blocked.samples, ...passed.samples].slice(0, mostSamples),
  };
}

async function tallies(database: Database, name: string, facet: string): Promise<Tally[]> {
  const rows = await database.all(
    `SELECT name, decisions, refused, last_seen FROM corsmith_facets
     WHERE origin = ? AND facet = ? ORDER BY decisions DESC, name LIMIT ?`,
    [name, facet, mostTallies],
  );
  return rows.map((row) => ({
    name: textOf(row, "name"),
    decisions: numberOf(row, "decisions"),
    refused: numberOf(row, "refused"),
    lastSeen: numberOf(row, "last_seen"),
  }));
}

/** About a hundred points, and whole hours where the range is long, since of old times only hours are kept. */
function stepFor({ from, to }: TimeRange): number {
  const step = (to - from) / 100;
  return step > 30 * minuteMs ? Math.ceil(step / hourMs) * hourMs : step;
}
