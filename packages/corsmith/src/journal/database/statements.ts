// Every statement of the journal but those of `migrations.ts`, by table. A `?` stands for a value. SQLite and PostgreSQL understand the
// same text; where they do not, the statement is made for a dialect.

import { countNames } from "../counting/counts.ts";
import { hourMs, minuteMs } from "../counting/delta.ts";
import type { Database, SqlValue } from "./database.ts";

/** The column of a count, which has the same name with underscores. */
export function columnOf(count: string): string {
  return count.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const countColumns = countNames.map(columnOf);
const counts = countColumns.join(", ");
const sums = countColumns.map((column) => `SUM(${column}) AS ${column}`).join(", ");
const wholeSums = countColumns.map((column) => `CAST(SUM(${column}) AS BIGINT)`).join(", ");

/** The part of an upsert that adds the new numbers to the old ones. */
function adding(table: string, columns: readonly string[]): string {
  return columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(", ");
}

/** The later of what is there and what is new. */
function later(table: string, column: string): string {
  return `${column} = CASE WHEN excluded.${column} > ${table}.${column} THEN excluded.${column} ELSE ${table}.${column} END`;
}

/** What tells roll-ups of the same time apart. */
export const rollupWords = ["route", "origin", "method", "kind", "reason"] as const;
const words = rollupWords.join(", ");
const insertRollups = `INSERT INTO corsmith_rollups (start, span, ${words}, ${counts})`;
const orAddRollups = `ON CONFLICT (start, span, ${words}) DO UPDATE SET
  ${adding("corsmith_rollups", countColumns)}`;

/** `corsmith_rollups`: decisions of a minute or an hour that are alike, counted. */
export const rollups = {
  insert: `${insertRollups} VALUES`,
  orAdd: orAddRollups,
  byKindAndReason: `SELECT kind, reason, ${sums} FROM corsmith_rollups WHERE start >= ? AND start < ? GROUP BY kind, reason`,
  byRouteAndReason: `SELECT route, reason, ${sums} FROM corsmith_rollups WHERE start >= ? AND start < ? GROUP BY route, reason`,
  byReasonOfOrigin: `SELECT reason, ${sums} FROM corsmith_rollups WHERE start >= ? AND start < ? AND origin = ? GROUP BY reason`,
  decisionsOfOrigin:
    "SELECT SUM(decisions) AS decisions FROM corsmith_rollups WHERE start >= ? AND start < ? AND origin = ?",
  originsByRoute: `SELECT route, COUNT(DISTINCT origin) AS origins FROM corsmith_rollups
    WHERE start >= ? AND start < ? AND origin <> ? AND origin <> ? GROUP BY route`,
  /** A point for each `width` milliseconds, a line for each value of the expression `by`. */
  series: (by: string, count: string, width: number, where: string) =>
    `SELECT start - start % ${width} AS point, ${by} AS line, SUM(${count}) AS amount
     FROM corsmith_rollups ${where} GROUP BY start - start % ${width}, ${by}`,
  joinMinutes: `${insertRollups}
    SELECT start - start % ${hourMs}, ${hourMs}, ${words}, ${wholeSums}
    FROM corsmith_rollups WHERE span = ${minuteMs} AND start < ?
    GROUP BY start - start % ${hourMs}, ${words}
    ${orAddRollups}`,
  dropMinutes: `DELETE FROM corsmith_rollups WHERE span = ${minuteMs} AND start < ?`,
  dropBefore: "DELETE FROM corsmith_rollups WHERE start < ?",
};

/** `corsmith_origins`: the inventory. */
export const origins = {
  insert: `INSERT INTO corsmith_origins (origin, first_seen, last_seen, allowed, refused, ${counts}) VALUES`,
  orAdd: `ON CONFLICT (origin) DO UPDATE SET
    first_seen = CASE WHEN excluded.first_seen < corsmith_origins.first_seen
      THEN excluded.first_seen ELSE corsmith_origins.first_seen END,
    ${later("corsmith_origins", "last_seen")},
    ${adding("corsmith_origins", ["allowed", "refused", ...countColumns])}`,
  count: (where = "") => `SELECT COUNT(*) AS origins FROM corsmith_origins ${where}`,
  firstSeen: `SELECT COUNT(*) AS origins, SUM(CASE WHEN allowed > 0 AND credentialed > 0 THEN 1 ELSE 0 END) AS credentialed
    FROM corsmith_origins WHERE first_seen >= ? AND first_seen < ?`,
  byName: "SELECT * FROM corsmith_origins WHERE origin = ?",
  page: (where: string, column: string, direction: "ASC" | "DESC") =>
    `SELECT * FROM corsmith_origins ${where} ORDER BY ${column} ${direction}, origin ${direction} LIMIT ?`,
  calledRoute: `EXISTS (SELECT 1 FROM corsmith_facets AS facet
    WHERE facet.origin = corsmith_origins.origin AND facet.facet = 'route' AND facet.name = ?)`,
  dropBefore: "DELETE FROM corsmith_origins WHERE last_seen < ?",
  /** Those that were allowed at least once stay first, then the busiest. */
  dropLeastBusy: `DELETE FROM corsmith_origins WHERE origin IN (
    SELECT origin FROM corsmith_origins
    ORDER BY CASE WHEN allowed > 0 THEN 0 ELSE 1 END, decisions DESC, last_seen DESC LIMIT ? OFFSET ?)`,
};

/** `corsmith_facets`: what an origin used. */
export const facets = {
  insert: "INSERT INTO corsmith_facets (origin, facet, name, decisions, refused, last_seen) VALUES",
  orAdd: `ON CONFLICT (origin, facet, name) DO UPDATE SET
    ${later("corsmith_facets", "last_seen")}, ${adding("corsmith_facets", ["decisions", "refused"])}`,
  ofOrigins: (places: number) => `SELECT origin, facet, name, decisions FROM corsmith_facets
    WHERE origin IN (${placeholders(places)}) ORDER BY decisions DESC, name`,
  ofOrigin: `SELECT name, decisions, refused, last_seen FROM corsmith_facets
    WHERE origin = ? AND facet = ? ORDER BY decisions DESC, name LIMIT ?`,
  dropOrphans: `DELETE FROM corsmith_facets WHERE NOT EXISTS (
    SELECT 1 FROM corsmith_origins WHERE corsmith_origins.origin = corsmith_facets.origin)`,
};

/** `corsmith_samples`: decisions that were drawn, whole. */
export const samples = {
  insert: `INSERT INTO corsmith_samples
    (id, time, minute, pool, rank, blocked, failed, origin, route, reason, data, writer, batch) VALUES`,
  orLeave: "ON CONFLICT (id) DO NOTHING",
  page: (where: string) => `SELECT data FROM corsmith_samples ${where} ORDER BY id DESC LIMIT ?`,
  byId: "SELECT data FROM corsmith_samples WHERE id = ?",
  ofBatches: (where: string) => `SELECT data FROM corsmith_samples ${where} ORDER BY blocked DESC, id DESC LIMIT ?`,
  newest: "SELECT id FROM corsmith_samples WHERE blocked = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
  dropOlder: "DELETE FROM corsmith_samples WHERE blocked = ? AND id <= ?",
  /** Of each minute and pool the lowest ranks stay. */
  dropHighRanks: `DELETE FROM corsmith_samples WHERE id IN (
    SELECT id FROM (
      SELECT id, ROW_NUMBER() OVER (PARTITION BY minute, pool ORDER BY rank) AS place
      FROM corsmith_samples WHERE minute >= ? AND minute < ?) AS placed
    WHERE place > ?)`,
  dropBefore: "DELETE FROM corsmith_samples WHERE time < ?",
};

/** `corsmith_distinct`: sketches of distinct origins. */
export const distinct = {
  put: `INSERT INTO corsmith_distinct (hour, writer, registers) VALUES (?, ?, ?)
    ON CONFLICT (hour, writer) DO UPDATE SET registers = excluded.registers`,
  ofWriter: "SELECT registers FROM corsmith_distinct WHERE hour = ? AND writer = ?",
  between: "SELECT registers FROM corsmith_distinct WHERE hour >= ? AND hour < ?",
  severalBefore: `SELECT hour FROM corsmith_distinct WHERE hour < ?
    GROUP BY hour HAVING COUNT(*) > 1 OR MAX(writer) <> ''`,
  dropHour: "DELETE FROM corsmith_distinct WHERE hour = ?",
  dropBefore: "DELETE FROM corsmith_distinct WHERE hour < ?",
};

/** Milliseconds since 1970 by the database's own clock: gateways on several machines have several. */
function now(dialect: Database["dialect"]): string {
  return dialect === "postgresql"
    ? "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
    : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
}

/** `corsmith_writers`: the programs that write. */
export const writers = {
  /** Changes no row if this batch, or a later one, has been written. */
  enterBatch: (dialect: Database["dialect"]) =>
    `INSERT INTO corsmith_writers (writer, name, sequence, sums, seen) VALUES (?, ?, ?, ?, ${now(dialect)})
     ON CONFLICT (writer) DO UPDATE
       SET name = excluded.name, sequence = excluded.sequence, sums = excluded.sums, seen = excluded.seen
     WHERE corsmith_writers.sequence < excluded.sequence`,
  announce: (dialect: Database["dialect"]) =>
    `INSERT INTO corsmith_writers (writer, name, policy, sequence, seen) VALUES (?, ?, ?, 0, ${now(dialect)})
     ON CONFLICT (writer) DO UPDATE SET name = excluded.name, policy = excluded.policy, seen = excluded.seen`,
  leave: "DELETE FROM corsmith_writers WHERE writer = ?",
  seenLately: (dialect: Database["dialect"]) =>
    `SELECT writer, name, policy, ${now(dialect)} - seen AS age FROM corsmith_writers
     WHERE name <> '' AND seen > ${now(dialect)} - ${hourMs} ORDER BY seen DESC LIMIT ?`,
  others: "SELECT writer, sequence, sums FROM corsmith_writers WHERE writer <> ? ORDER BY seen DESC LIMIT ?",
  dropBefore: "DELETE FROM corsmith_writers WHERE seen < ?",
};

/** Any table, by one of its columns of time. */
export const anyTable = {
  count: (table: string) => `SELECT COUNT(*) AS amount FROM ${table}`,
  oldest: (table: string, column: string) =>
    `SELECT ${column} AS time FROM ${table} ORDER BY ${column} LIMIT 1 OFFSET ?`,
  dropUntil: (table: string, column: string) => `DELETE FROM ${table} WHERE ${column} <= ?`,
};

const tables = ["rollups", "origins", "facets", "samples", "distinct", "writers", "policy_versions"];
const tableSizes = tables.map(
  (table) => `SELECT pg_total_relation_size('corsmith_${table}') AS size, pg_relation_size('corsmith_${table}') AS heap,
    (SELECT COUNT(*) FROM corsmith_${table}) AS amount,
    (SELECT AVG(pg_column_size(one)) FROM (SELECT * FROM corsmith_${table} LIMIT 1000) AS one) AS width`,
);

/**
 * What PostgreSQL holds. Its files keep the room of deleted rows for new ones, so of each table's size the part counts that live rows fill:
 * as many as there are, each as wide as a thousand of them are on the average.
 */
export const postgresBytes = `SELECT CAST(SUM(size * COALESCE(LEAST(1, amount * (width + 4) / NULLIF(heap, 0)), 0)) AS BIGINT) AS bytes
  FROM (${tableSizes.join(" UNION ALL ")}) AS sizes`;

/** A condition with its values. */
export type Condition = readonly [sql: string, ...values: readonly SqlValue[]];

export function given(sql: string, value: SqlValue | undefined): Condition | undefined {
  return value === undefined ? undefined : [sql, value];
}

/** The WHERE of all conditions that are there, and their values. */
export function whereAll(conditions: readonly (Condition | undefined)[]) {
  const present = conditions.filter((condition) => condition !== undefined);
  return {
    where: present.length === 0 ? "" : `WHERE ${present.map(([sql]) => sql).join(" AND ")}`,
    values: present.flatMap(([, ...values]) => values),
  };
}

export function placeholders(amount: number): string {
  return Array.from({ length: amount }, () => "?").join(", ");
}
