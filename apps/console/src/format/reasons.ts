import type { Sample } from "corsmith/api";

type Reason = Sample["reason"];

/** A reason in words. */
export interface ReasonWords {
  /** Allowed, refused, ours to look at, or none of CORS's business. */
  readonly standing: "yes" | "no" | "look" | "neutral";
  readonly word: string;
  /** What it means and who must act, for somebody who sees it for the first time. */
  readonly sentence: string;
}

const words: Readonly<Record<Reason, ReasonWords>> = {
  allowed: { standing: "yes", word: "Allowed", sentence: "The policy permits it, and the answer says so." },
  "not-cross-origin": {
    standing: "neutral",
    word: "No other origin",
    sentence: "No Origin was sent, or the API’s own: CORS has nothing to say.",
  },
  "origin-refused": {
    standing: "no",
    word: "Origin refused",
    sentence:
      "The policy does not name this origin. Either it is missing in the policy, or the page has no business here.",
  },
  "method-refused": {
    standing: "no",
    word: "Method refused",
    sentence: "The origin is allowed, the method is not: it is missing in allowMethods, or the page should not use it.",
  },
  "headers-refused": {
    standing: "no",
    word: "Headers refused",
    sentence: "The origin and the method are allowed, some request headers are not: they are missing in allowHeaders.",
  },
  "origin-lookup-failed": {
    standing: "look",
    word: "Lookup failed",
    sentence:
      "The lookup that knows the origins threw or took too long. That is ours to mend: the policy fails closed.",
  },
  malformed: {
    standing: "look",
    word: "Malformed",
    sentence: "A header that no browser sends: a program, or an attempt to confuse us.",
  },
};

/** The reason of a decision in words. */
export function reasonWords(reason: Reason): ReasonWords {
  return words[reason];
}
