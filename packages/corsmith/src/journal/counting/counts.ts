import type { DecisionFacts } from "./decision-facts.ts";

/** How many decisions, and what became of them. Sums of two are the counts of both: roll-ups are merged by adding. */
export interface Counts {
  readonly decisions: number;
  /** Requests that bore a cookie or an Authorization header. */
  readonly credentialed: number;
  /** Answers of 400 and above that came from the application, or in its place; not the refusals of the policy itself. */
  readonly errors: number;
  /** Errors to allowed origins that had no CORS headers: what a page takes for a CORS failure. */
  readonly headerless: number;
  /** Look-alikes: errors that are often reported as CORS failures. 413, 429, 502 and 504. */
  readonly tooLarge: number;
  readonly tooMany: number;
  readonly badGateway: number;
  readonly gatewayTimeout: number;
  /** Answers that broke off, and clients that left. */
  readonly aborted: number;
}

/** The names of all counts, in the order in which they are stored. */
export const countNames: readonly (keyof Counts)[] = [
  "decisions",
  "credentialed",
  "errors",
  "headerless",
  "tooLarge",
  "tooMany",
  "badGateway",
  "gatewayTimeout",
  "aborted",
];

/** Counts of nothing. */
export const noCounts: Counts = {
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
