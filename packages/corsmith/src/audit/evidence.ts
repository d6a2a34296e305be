import { allowOrigin } from "../live/headers.ts";
import type { Severity } from "../reports/severity.ts";
import type { FindingCode } from "./finding-code.ts";
import type { Answered, Purpose } from "./probes/probe.ts";
import type { Target } from "./target.ts";

/** All that rules look at. */
export interface Evidence {
  readonly target: Target;
  /** Origins that are meant to be allowed, without patterns. */
  readonly origins: readonly string[];
  /** Did the user give cookies? */
  readonly hasCookie: boolean;
  /** In the order in which they were sent. */
  readonly answered: readonly Answered[];
}

/** The first answer to a probe of this purpose. */
export function answerTo({ answered }: Evidence, purpose: Purpose): Answered | undefined {
  return answered.find((one) => one.purpose === purpose);
}

/** All answers to probes of this purpose. */
export function answersTo({ answered }: Evidence, purpose: Purpose): readonly Answered[] {
  return answered.filter((one) => one.purpose === purpose);
}

/** Does the answer let in the very page that asked? Not by `*`. */
export function namesAsker({ origin, answer }: Answered): boolean {
  return origin !== undefined && allowOrigin(answer) === origin;
}

/** Does it let in the page that asked, or every page? */
export function letsIn(asked: Answered): boolean {
  return namesAsker(asked) || allowOrigin(asked.answer) === "*";
}

/** Whom the API lets in. */
export type Openness =
  /** It says `*`. */
  | "everybody"
  /** It says whatever origin asks. */
  | "whoever-asks"
  /** Nobody, or those that it knows. */
  | "selective";

/** By what strangers were told: by their GETs, and by a preflight where GET is not what the URL is for. */
export function opennessOf(evidence: Evidence): Openness {
  const told = [...answersTo(evidence, "stranger"), ...answersTo(evidence, "stranger-preflight")];
  if (told.some(namesAsker)) return "whoever-asks";
  return told.some(letsIn) ? "everybody" : "selective";
}

/** An answer to a page that was let in: one that is meant to be, or any where all are. */
export function welcomed(evidence: Evidence): Answered | undefined {
  return answersTo(evidence, "known").find(letsIn) ?? answersTo(evidence, "stranger").find(letsIn);
}

/** Preflights of pages that are meant to be let in: the known ones, or any where all are. */
export function welcomedPreflights(evidence: Evidence): readonly Answered[] {
  const known = answersTo(evidence, "known-preflight");
  if (known.length > 0 || opennessOf(evidence) === "selective") return known;
  return answersTo(evidence, "stranger-preflight");
}

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
