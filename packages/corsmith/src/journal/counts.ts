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
