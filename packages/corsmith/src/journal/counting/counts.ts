import type { DecisionRecord } from "@corsmith/cors/observe";
import type { Counts } from "../schema/common.ts";

export type CountsSum = { -readonly [Name in keyof Counts]: number };

export function newCounts(): CountsSum {
  return {
    decisions: 0,
    credentialed: 0,
    errors: 0,
    headerless: 0,
    tooLarge: 0,
    tooMany: 0,
    badGateway: 0,
    gatewayTimeout: 0,
    aborted: 0,
  };
}

export const countNames = Object.keys(newCounts()) as readonly (keyof Counts)[];

/** The counts in the order in which they are stored. */
export function valuesOf(counts: Counts): readonly number[] {
  return countNames.map((name) => counts[name]);
}

/** Adds the second numbers to the first, name by name. */
export function addNumbers<Name extends string>(sum: Record<Name, number>, more: Readonly<Record<Name, number>>): void {
  for (const name in sum) sum[name] += more[name];
}

/** Statuses whose errors are often taken for CORS failures. */
const lookAlikes: ReadonlyMap<number, keyof Counts> = new Map([
  [413, "tooLarge"],
  [429, "tooMany"],
  [502, "badGateway"],
  [504, "gatewayTimeout"],
]);

/** Adds a decision to counts. Nearly all decisions change one or two of them. */
export function countDecision(counts: CountsSum, record: DecisionRecord): void {
  counts.decisions += 1;
  if (record.credentials === true) counts.credentialed += 1;
  if (record.headerless === true) counts.headerless += 1;
  if (record.aborted === true) counts.aborted += 1;
  if (!isFailure(record)) return;
  counts.errors += 1;
  const lookAlike = lookAlikes.get(record.finalStatus ?? 0);
  if (lookAlike !== undefined) counts[lookAlike] += 1;
}

/** The status that the client got; `undefined` if it got none, or that is not known. */
export function statusOf({ finalStatus, status, aborted }: DecisionRecord): number | undefined {
  return finalStatus ?? (aborted === true ? undefined : status);
}

/** Was it an error of the application, or in its place, and not a refusal of the policy itself? */
export function isFailure(record: DecisionRecord): boolean {
  return record.status === undefined && (record.finalStatus ?? 0) >= 400;
}
