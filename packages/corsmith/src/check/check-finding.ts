import type { ExplanationCode, Fix } from "@corsmith/cors/explain";

/** Why the request fails, as far as the answers tell. */
export interface Diagnosis {
  /** A code of the catalogue of failures and of what looks like them; often more exact than the browser's own. */
  readonly code: ExplanationCode;
  /** What is wrong, in one sentence that begins in lower case and has no full stop. */
  readonly says: string;
  /** What was seen. */
  readonly facts: readonly string[];
  /** What is concluded from it. */
  readonly likely?: Likely;
  readonly comparison?: Comparison;
  /** What to change, where the answers tell it more exactly than the catalogue. */
  readonly fix?: Fix;
}

/** A conclusion, with how sure it is. */
export interface Likely {
  readonly cause: string;
  readonly confidence: "certain" | "likely" | "possible";
  /** What would settle it. */
  readonly settledBy?: string;
}

/** Something beside the verdict that will hurt, or already does. */
export interface Warning {
  /** A code of the catalogue of misconfigurations, or of what looks like a CORS failure. */
  readonly id: string;
  readonly severity: "critical" | "high" | "medium" | "low" | "info";
  /** What was seen, one sentence. */
  readonly says: string;
  readonly fix: string;
}

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
