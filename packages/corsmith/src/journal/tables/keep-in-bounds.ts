import { hourMs, minuteMs } from "../counting/delta.ts";
import { poolSize } from "../counting/sample.ts";
import { type Database, numberOf, one, textOf } from "../database/database.ts";
import { anyTable, distinct, facets, origins, rollups, samples, writers } from "../database/statements.ts";
import type { JournalLimits } from "../journal-settings.ts";
import { joinSketches } from "./distinct-origins.ts";

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
    await shrink(inside, limits.maxBytes * fullness, now);
  });
  await database.tidy();
}

/** Of minutes that are over the lowest ranks of each pool stay, as many as one recorder would have kept. */
async function thinSamples(database: Database, { maxSamples }: JournalLimits, now: number): Promise<void> {
  const over = now - (now % minuteMs) - minuteMs;
  await database.run(samples.dropHighRanks, [over - hourMs, over, poolSize.refused]);
  await keepNewest(database, 1, Math.floor(maxSamples * 0.75));
  await keepNewest(database, 0, Math.floor(maxSamples * 0.25));
}

async function keepNewest(database: Database, blocked: number, amount: number): Promise<void> {
  const [last] = await database.all(samples.newest, [blocked, amount]);
  if (last !== undefined) await database.run(samples.dropOlder, [blocked, textOf(last, "id")]);
}

/** Adds the minutes of whole hours up to this time to the hours, and drops them. */
async function joinMinutes(database: Database, until: number): Promise<void> {
  const hour = until - (until % hourMs);
  await database.run(rollups.joinMinutes, [hour]);
  await database.run(rollups.dropMinutes, [hour]);
}

async function dropOld(database: Database, limits: JournalLimits, now: number): Promise<void> {
  const { hourDays, sampleDays, originDays } = limits;
  await database.run(rollups.dropBefore, [now - hourDays * dayMs]);
  await database.run(distinct.dropBefore, [now - hourDays * dayMs]);
  await database.run(samples.dropBefore, [now - sampleDays * dayMs]);
  await database.run(origins.dropBefore, [now - originDays * dayMs]);
  // A writer that was silent for so long has no batch under way any more.
  await database.run(writers.dropBefore, [now - dayMs]);
  await database.run(facets.dropOrphans);
}

async function dropOrigins(database: Database, limit: number): Promise<void> {
  const amount = numberOf(await one(database, origins.count()), "origins");
  if (amount <= limit * slack) return;
  await database.run(origins.dropLeastBusy, [amount, limit]);
  await database.run(facets.dropOrphans);
}

/** First minutes become hours, then the oldest of the roll-ups and of the samples goes, a tenth or more at a time, until it fits. */
async function shrink(database: Database, maxBytes: number, now: number): Promise<void> {
  if ((await database.usedBytes()) <= maxBytes) return;
  await joinMinutes(database, now - hourMs);
  for (let round = 0; round < 20; round += 1) {
    const used = await database.usedBytes();
    if (used <= maxBytes) return;
    const part = Math.max(0.1, 1 - maxBytes / used);
    await dropOldest(database, part, "corsmith_rollups", "start");
    await dropOldest(database, part, "corsmith_samples", "time");
    await dropOldest(database, part, "corsmith_distinct", "hour");
  }
}

async function dropOldest(database: Database, part: number, table: string, column: string): Promise<void> {
  const rows = numberOf(await one(database, anyTable.count(table)), "amount");
  const [last] = await database.all(anyTable.oldest(table, column), [Math.floor(rows * part)]);
  if (last !== undefined) await database.run(anyTable.dropUntil(table, column), [numberOf(last, "time")]);
}
