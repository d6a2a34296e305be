/** One way in which an engine differs from the standard. An engine that is not named does as the standard says. */
export interface Deviation<Value> {
  /** What it is about, in a phrase. */
  readonly what: string;
  /** The section of the Fetch standard, by its anchor. */
  readonly section: string;
  readonly standard: Value;
  readonly chromium?: Value;
  readonly firefox?: Value;
  readonly webkit?: Value;
  /** Cases of tests/oracle that go otherwise than recorded without this row. */
  readonly cases: readonly string[];
  /** How it was seen where no recorded case shows it. */
  readonly measured?: string;
}

/** A row for each field of a part of a behaviour. */
export type Deviations<Part> = { readonly [Name in keyof Part]: Deviation<Part[Name]> };
