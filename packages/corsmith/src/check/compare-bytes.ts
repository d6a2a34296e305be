/** Two texts that had to be equal, byte for byte, and are not. */
export interface Comparison {
  /** What they are, such as `Access-Control-Allow-Origin`. */
  readonly what: string;
  readonly found: string;
  readonly expected: string;
  /** Where they part, counted from 0. */
  readonly firstDifference: number;
}

/** Where two texts part. */
export function compareBytes(what: string, found: string, expected: string): Comparison {
  let firstDifference = 0;
  while (firstDifference < found.length && found[firstDifference] === expected[firstDifference]) firstDifference += 1;
  return { what, found, expected, firstDifference };
}
