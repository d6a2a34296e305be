import type { Finding, Severity } from "@corsmith/cors";
import { allowOrigin } from "../live/headers.ts";
import type { MisconfigurationCode } from "../misconfigurations/catalogue.ts";
import type { Answered, Purpose } from "./probes/probe.ts";
import type { Target } from "./target.ts";

/** All that rules look at. */
export type Evidence = ReturnType<typeof evidenceOf>;

/**
 * Sorts the answers for the rules.
 *
 * @param answered in the order in which they were sent
 * @param origins that are meant to be allowed, without patterns
 * @param hasCookie did the user give cookies?
 */
export function evidenceOf(
  answered: readonly Answered[],
  target: Target,
  origins: readonly string[],
  hasCookie: boolean,
) {
  const first = (purpose: Purpose) => answered.find((one) => one.purpose === purpose);
  /** Purpose by purpose. */
  const all = (...purposes: readonly Purpose[]) =>
    purposes.flatMap((purpose) => answered.filter((one) => one.purpose === purpose));
  const openness = opennessOf(all("unknown-origin", "unknown-origin-preflight"));
  const known = all("known-preflight");
  return {
    target,
    origins,
    hasCookie,
    first,
    all,
    openness,
    /** An answer that allows its page: one that is meant to be allowed, or any where all are. */
    allowed: all("known", "unknown-origin").find(allows),
    /** Preflights of pages that are meant to be allowed: the known ones, or any where all are. */
    preflights: known.length > 0 || openness === "selective" ? known : all("unknown-origin-preflight"),
  };
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
function opennessOf(answers: readonly Answered[]): Openness {
  if (answers.some(namesAsker)) return "whoever-asks";
  return answers.some(allows) ? "everybody" : "selective";
}

/** What a rule saw: a finding without the words that are always the same, which the catalogue has. */
export interface Observation extends Pick<Finding<MisconfigurationCode, Severity>, "code" | "severity" | "message"> {
  /** The answers that show it, the most telling first. */
  readonly seen: readonly Answered[];
  /** The claim that a page could read this answer, to be put to the browsers: if none agrees, it is only worth knowing. */
  readonly readable?: Answered;
}

/** From answers to what is wrong with them. It looks at all of them, and knows nothing of other rules. */
export type Rule = (evidence: Evidence) => Observation | readonly Observation[] | undefined;
