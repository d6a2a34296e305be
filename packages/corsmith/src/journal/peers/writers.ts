import type { Reason } from "@corsmith/cors";
import { addNumbers, type CountsSum, countNames, newCounts, valuesOf } from "../counting/counts.ts";
import type { RollupRow } from "../counting/delta.ts";
import { type Database, numberOf, textOf } from "../database/database.ts";
import { writers as sql } from "../database/statements.ts";
import type { Counts } from "../schema/common.ts";
import type { GatewayState } from "../schema/status.ts";
import { reasons } from "../schema/words.ts";

/** What a writer has counted since it began, by reason. It only grows: reading it late misses nothing. */
export type RunningSums = ReadonlyMap<Reason, Counts>;

/** Milliseconds after which a gateway that was not seen no longer counts as running: three heartbeats, and a slow fourth. */
const runningMs = 35_000;
/** Writers that are looked at, at most: those seen last. */
export const maxWriters = 256;

/** The gateways that were seen within the last hour, by name. One that was killed and started again is one. */
export async function gatewaysOf(database: Database, own: string): Promise<readonly GatewayState[]> {
  const rows = await database.all(sql.seenLately(database.dialect), [maxWriters]);
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

export function withRows(sums: RunningSums, rows: readonly RollupRow[]): RunningSums {
  const grown = new Map<Reason, CountsSum>([...sums].map(([reason, counts]) => [reason, { ...counts }]));
  for (const { reason, counts } of rows) {
    const sum = grown.get(reason) ?? newCounts();
    addNumbers(sum, counts);
    grown.set(reason, sum);
  }
  return grown;
}

/** The sums as they stand in the database: a list for each reason. */
export function sumsToText(sums: RunningSums): string {
  return JSON.stringify(Object.fromEntries([...sums].map(([reason, counts]) => [reason, valuesOf(counts)])));
}

/** What stands in the database. Anything that is not understood, since another version has written it, counts nothing. */
export function sumsFromText(text: string): RunningSums {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return new Map();
  const sums = new Map<Reason, Counts>();
  for (const reason of reasons) {
    const list: unknown = value[reason as keyof typeof value];
    if (!Array.isArray(list) || !list.every(Number.isSafeInteger)) continue;
    const counts = newCounts();
    for (const [place, name] of countNames.entries()) counts[name] = list[place] ?? 0;
    sums.set(reason, counts);
  }
  return sums;
}
