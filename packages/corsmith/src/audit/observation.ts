import type { Severity } from "../reports/severity.ts";
import type { Evidence } from "./evidence.ts";
import type { FindingCode } from "./finding-code.ts";
import type { Answered } from "./probe.ts";

/** What a rule saw. The catalogue has the words that are always the same. */
export interface Observation {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What the server did, one sentence. */
  readonly says: string;
  /** The answers that show it, the most telling first. */
  readonly seen: readonly Answered[];
  /** The claim that a page could read this answer, to be put to the browsers: without their yes it is no more than an information. */
  readonly readable?: Answered;
}

/** From answers to what is wrong with them. */
export type Rule = (evidence: Evidence) => readonly Observation[];
