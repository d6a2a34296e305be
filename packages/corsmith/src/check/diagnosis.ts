import type { ExplanationCode, Fix } from "@corsmith/cors/explain";
import type { Comparison } from "./compare-bytes.ts";

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
