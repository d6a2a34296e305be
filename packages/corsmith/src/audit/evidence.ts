import type { Finding, Severity } from "@corsmith/cors";
import { allowOrigin } from "../live/headers.ts";

import type { MisconfigurationCode } from "../misconfigurations/catalogue.ts";
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

/** All answers to probes of these purposes, purpose by purpose. */
export function answersTo({ answered }: Evidence, ...purposes: readonly Purpose[]): readonly Answered[] {
  return purposes.flatMap((purpose) => answered.filter((one) => one.purpose === purpose));
}

/** Does the answer allow the very page that asked? Not by `*`. */
export function namesAsker({ origin, answer }: Answered): boolean {
  return origin !== undefined && allowOrigin(answer) === origin;
}

/** Does it allow the page that asked, or every page? */
export function allows(asked: Answered): boolean {
  return namesAsker(asked) || allowOrigin(asked.answer) === "*";
}

/** Which pages the API allows. */
export type Openness =
  /** It says `*`. */
  | "everybody"
  /** It allows every origin by its name. */
  | "whoever-asks"
  /** None, or those that it knows. */
  | "selective";

/** By the answers to unknown origins: to their GETs, and to a preflight where the URL is not for GET. */
export function opennessOf(evidence: Evidence): Openness {
  const answers = answersTo(evidence, "unknown-origin", "unknown-origin-preflight");
  if (answers.some(namesAsker)) return "whoever-asks";
  return answers.some(allows) ? "everybody" : "selective";
}

/** An answer that allows its page: one that is meant to be allowed, or any where all are. */
export function allowedAnswer(evidence: Evidence): Answered | undefined {
  return answersTo(evidence, "known", "unknown-origin").find(allows);
}

/** Preflights of pages that are meant to be allowed: the known ones, or any where all are. */
export function allowedPreflights(evidence: Evidence): readonly Answered[] {
  const known = answersTo(evidence, "known-preflight");
  if (known.length > 0 || opennessOf(evidence) === "selective") return known;
  return answersTo(evidence, "unknown-origin-preflight");
}

/** What a rule saw: a finding without the words that are always the same, which the catalogue has. */
export interface Observation extends Pick<Finding<MisconfigurationCode, Severity>, "code" | "severity" | "message"> {
  /** The answers that show it, the most telling first. */
  readonly seen: readonly Answered[];
  /** The claim that a page could read this answer, to be put to the browsers: if none agrees, it is only worth knowing. */
  readonly readable?: Answered;
}

/** From answers to what is wrong with them. */
export type Rule = (evidence: Evidence) => readonly Observation[];
