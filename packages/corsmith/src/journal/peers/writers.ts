import { hourMs } from "../counting/delta.ts";
import { type Database, numberOf, textOf } from "../database/database.ts";
import type { GatewayState } from "../journal-status.ts";
import { type RunningSums, sumsToText } from "./peer-reader.ts";

/** A program that writes. */
export interface Writer {
  /** A name that no other writer has, or ever had. */
  readonly writer: string;
  /** How it is called where people read. */
  readonly name: string;
}

/** Milliseconds after which a gateway that was not heard of is no longer said to run: three beats, and a slow fourth. */
const runningMs = 35_000;
/** Writers that are looked at, at most. */
const mostWriters = 256;

/** Milliseconds since 1970 by the database's own clock: gateways on several machines have several. */
function clock({ dialect }: Database): string {
  return dialect === "postgresql"
    ? "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
    : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
}

/** Enters a batch, inside of the transaction that writes it. @returns false if it has been written before */
export async function enterBatch(
  database: Database,
  { writer, name, sequence, sums }: Writer & { readonly sequence: number; readonly sums: RunningSums },
): Promise<boolean> {
  const changed = await database.run(
    `INSERT INTO corsmith_writers (writer, name, sequence, sums, seen) VALUES (?, ?, ?, ?, ${clock(database)})
     ON CONFLICT (writer) DO UPDATE
       SET name = excluded.name, sequence = excluded.sequence, sums = excluded.sums, seen = excluded.seen
     WHERE corsmith_writers.sequence < excluded.sequence`,
    [writer, name, sequence, sumsToText(sums)],
  );
  return changed > 0;
}

/**
 * Says that a writer lives, though it may have nothing to write.
 *
 * @param policy names what is enforced there; empty for a program that enforces nothing
 */
export async function beat(
  database: Database,
  { writer, name, policy }: Writer & { readonly policy: string },
): Promise<void> {
  await database.run(
    `INSERT INTO corsmith_writers (writer, name, policy, sequence, seen) VALUES (?, ?, ?, 0, ${clock(database)})
     ON CONFLICT (writer) DO UPDATE SET name = excluded.name, policy = excluded.policy, seen = excluded.seen`,
    [writer, name, policy],
  );
}

/** Says that a writer has ended, and will not come back. */
export async function leave(database: Database, writer: string): Promise<void> {
  await database.run("DELETE FROM corsmith_writers WHERE writer = ?", [writer]);
}

/** The gateways that were heard of within the hour, by name. One that was killed and started again is one. */
export async function gatewaysOf(database: Database, own: string): Promise<readonly GatewayState[]> {
  const rows = await database.all(
    `SELECT writer, name, policy, ${clock(database)} - seen AS age
     FROM corsmith_writers WHERE name <> '' AND seen > ${clock(database)} - ${hourMs}
     ORDER BY seen DESC LIMIT ${mostWriters}`,
  );
  const now = Date.now();
  const gateways = new Map<string, GatewayState>();
  for (const row of rows) {
    const name = textOf(row, "name");
    const age = Math.max(0, numberOf(row, "age"));
    const known = gateways.get(name) ?? {
      name,
      own: false,
      running: age < runningMs,
      lastSeen: now - age,
      policy: textOf(row, "policy") || null,
    };
    gateways.set(name, { ...known, own: known.own || textOf(row, "writer") === own });
  }
  return [...gateways.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
