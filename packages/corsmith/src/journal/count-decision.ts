import { countNames } from "./counts.ts";
import type { DecisionFacts } from "./decision-facts.ts";

const place = Object.fromEntries(countNames.map((name, at) => [name, at])) as Readonly<
  Record<(typeof countNames)[number], number>
>;

/** Statuses whose errors are often taken for CORS failures. */
const lookAlikes: ReadonlyMap<number, number> = new Map([
  [413, place.tooLarge],
  [429, place.tooMany],
  [502, place.badGateway],
  [504, place.gatewayTimeout],
]);

/** Adds a decision to counts in the order of `countNames`. Nearly all decisions change one or two of them. */
export function countDecision(counts: number[], facts: DecisionFacts): void {
  const { status = 0 } = facts;
  add(counts, place.decisions);
  if (facts.credentials) add(counts, place.credentialed);
  if (facts.headerless) add(counts, place.headerless);
  if (facts.aborted) add(counts, place.aborted);
  if (status < 400 || facts.answeredAtOnce) return;
  add(counts, place.errors);
  const lookAlike = lookAlikes.get(status);
  if (lookAlike !== undefined) add(counts, lookAlike);
}

function add(counts: number[], at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}
