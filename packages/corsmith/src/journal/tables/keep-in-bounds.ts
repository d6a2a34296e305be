import { countNames } from "../counting/counts.ts";
import { hourMs, minuteMs } from "../counting/delta.ts";
import { poolSize } from "../counting/sample.ts";
import { DistinctSketch } from "../counting/sketches.ts";
import { type Database, numberOf, one, textOf } from "../database/database.ts";
import { columnOf } from "../database/migrations.ts";
import type { JournalLimits } from "../journal-settings.ts";
import { intoRollups } from "./write-batch.ts";

const dayMs = 24 * hourMs;
const lockNumber = 0x434f5254;
/** Above this part of the bound the oldest goes, so that the bound itself is never met. */
const fullness = 0.8;
/** Origins may be this many times more than they should before the rest is dropped: not at every newcomer. */
const slack = 1.25;

/**
 * Keeps what is kept within its bounds: joins old minutes to hours, drops what is too old, too many or too large. Of several gateways on
 * one database one does it, and the others leave it to that one.
 */
export async function keepInBounds(database: Database, limits: JournalLimits, now: number): Promise<void> {
  await database.transaction(async (inside) => {
    if (inside.dialect === "postgresql") {
      const lock = await one(inside, "SELECT CAST(pg_try_advisory_xact_lock(?) AS INTEGER) AS mine", [lockNumber]);
      if (numberOf(lock, "mine") === 0) return;
    }
    await thinSamples(inside, limits, now);
    await joinMinutes(inside, now - limits.minuteHours * hourMs);
    await dropOld(inside, limits, now);
    await dropOrigins(inside, limits.maxOrigins);
    await joinSketches(inside, now - 2 * hourMs);
    await shrink(inside, limits.maxBytes, now);
  });
  await database.tidy();
}

/** Of minutes that are over the lowest lots of each pool stay, as many as one recorder would have kept. */
async function thinSamples(database: Database, { maxSamples }: JournalLimits, now: number): Promise<void> {
  const over = now - (now % minuteMs) - minuteMs;
  await database.run(
    `DELETE FROM corsmith_samples WHERE id IN (
       SELECT id FROM (
         SELECT id, ROW_NUMBER() OVER (PARTITION BY minute, pool ORDER BY lot) AS place
         FROM corsmith_samples WHERE minute < ? AND minute >= ?) AS placed
       WHERE place > ?)`,
    [over, over - hourMs, poolSize.refused],
  );
  await newestSamples(database, 1, Math.floor(maxSamples * 0.75));
  await newestSamples(database, 0, Math.floor(maxSamples * 0.25));
}

async function newestSamples(database: Database, blocked: number, most: number): Promise<void> {
  const [limit] = await database.all(
    "SELECT id FROM corsmith_samples WHERE blocked = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
    [blocked, most],
  );
  if (limit === undefined) return;
  await database.run("DELETE FROM corsmith_samples WHERE blocked = ? AND id <= ?", [blocked, textOf(limit, "id")]);
}

/** Adds the minutes of whole hours up to this time to the hours, and drops them. */
async function joinMinutes(database: Database, until: number): Promise<void> {
  const hour = until - (until % hourMs);
  const sums = countNames.map((name) => `CAST(SUM(${columnOf(name)}) AS BIGINT)`).join(", ");
  await database.run(
    `${intoRollups.before}
     SELECT start - start % ${hourMs}, ${hourMs}, route, origin, method, kind, reason, ${sums}
     FROM corsmith_rollups WHERE span = ${minuteMs} AND start < ?
     GROUP BY start - start % ${hourMs}, route, origin, method, kind, reason
     ${intoRollups.after}`,
    [hour],
  );
  await database.run(`DELETE FROM corsmith_rollups WHERE span = ${minuteMs} AND start < ?`, [hour]);
}

async function dropOld(database: Database, limits: JournalLimits, now: number): Promise<void> {
  const { hourDays, sampleDays, originDays } = limits;
  await database.run("DELETE FROM corsmith_rollups WHERE start < ?", [now - hourDays * dayMs]);
  await database.run("DELETE FROM corsmith_distinct WHERE hour < ?", [now - hourDays * dayMs]);
  await database.run("DELETE FROM corsmith_samples WHERE time < ?", [now - sampleDays * dayMs]);
  await database.run("DELETE FROM corsmith_origins WHERE last_seen < ?", [now - originDays * dayMs]);
  // A writer that was silent for so long has no batch under way any more.
  await database.run("DELETE FROM corsmith_writers WHERE seen < ?", [now - dayMs]);
  await dropFacets(database);
}

/** Those that were allowed at least once stay first, then the busiest. */
async function dropOrigins(database: Database, most: number): Promise<void> {
  const origins = numberOf(await one(database, "SELECT COUNT(*) AS origins FROM corsmith_origins"), "origins");
  if (origins <= most * slack) return;
  await database.run(
    `DELETE FROM corsmith_origins WHERE origin IN (
       SELECT origin FROM corsmith_origins
       ORDER BY CASE WHEN allowed > 0 THEN 0 ELSE 1 END, decisions DESC, last_seen DESC LIMIT ? OFFSET ?)`,
    [origins, most],
  );
  await dropFacets(database);
}

async function dropFacets(database: Database): Promise<void> {
  await database.run(
    `DELETE FROM corsmith_facets WHERE NOT EXISTS (
       SELECT 1 FROM corsmith_origins WHERE corsmith_origins.origin = corsmith_facets.origin)`,
  );
}

/** Of hours that are over, the sketches of all writers become one. */
async function joinSketches(database: Database, until: number): Promise<void> {
  const several = await database.all(
    "SELECT hour FROM corsmith_distinct WHERE hour < ? GROUP BY hour HAVING COUNT(*) > 1 OR MAX(writer) <> ''",
    [until - hourMs],
  );
  for (const row of several) {
    const hour = numberOf(row, "hour");
    const joined = new DistinctSketch();
    for (const part of await database.all("SELECT registers FROM corsmith_distinct WHERE hour = ?", [hour]))
      joined.join(DistinctSketch.fromText(textOf(part, "registers")));
    await database.run("DELETE FROM corsmith_distinct WHERE hour = ?", [hour]);
    await database.run("INSERT INTO corsmith_distinct (hour, writer, registers) VALUES (?, '', ?)", [
      hour,
      joined.toText(),
    ]);
  }
}

/** First minutes become hours, then the oldest tenth of the roll-ups and of the samples goes, until it fits. */
async function shrink(database: Database, maxBytes: number, now: number): Promise<void> {
  const tooLarge = async (): Promise<boolean> => (await database.usedBytes()) > maxBytes * fullness;
  if (await tooLarge()) await joinMinutes(database, now - hourMs);
  for (let round = 0; round < 20 && (await tooLarge()); round += 1) {
    await dropTenth(database, "corsmith_rollups", "start");
    await dropTenth(database, "corsmith_samples", "time");
    await dropTenth(database, "corsmith_distinct", "hour");
  }
}

async function dropTenth(database: Database, table: string, column: string): Promise<void> {
  const rows = numberOf(await one(database, `SELECT COUNT(*) AS n FROM ${table}`), "n");
  const [limit] = await database.all(`SELECT ${column} AS time FROM ${table} ORDER BY ${column} LIMIT 1 OFFSET ?`, [
    Math.floor(rows / 10),
  ]);
  if (limit !== undefined) await database.run(`DELETE FROM ${table} WHERE ${column} <= ?`, [numberOf(limit, "time")]);
}
