/** One way in which an engine differs from the standard, and the evidence. An engine that is not named follows the standard. */
export interface Deviation<Value> {
  /** What it is about, in a phrase. */
  readonly what: string;
  /** The section of the Fetch standard, by its anchor. */
  readonly section: string;
  /** What the standard says; false if left out. */
  readonly standard?: Value;
  readonly chromium?: Value;
  readonly firefox?: Value;
  readonly webkit?: Value;
  /** Cases of tests/oracle that end differently from the recording without this row. */
  readonly cases?: readonly string[];
  /** How it was seen, where no recorded case shows it. */
  readonly measured?: string;
}

/** A row for each field of a part of a behaviour. */
export type Deviations<Part> = { readonly [Name in keyof Part]: Deviation<Part[Name]> };
