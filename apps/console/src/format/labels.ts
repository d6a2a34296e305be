import type { Sample } from "corsmith/api";

type Reason = Sample["reason"];

/** The tone of a status: allowed, refused, needs attention, or none of these. */
export type Tone = "yes" | "no" | "warn" | "neutral";

/** Something as it is called in the console. */
export interface Label {
  readonly tone: Tone;
  readonly label: string;
}

/** What a reason is called, and what it means and who must act, for a first-time reader. */
export interface ReasonLabel extends Label {
  readonly meaning: string;
}

const reasons: Readonly<Record<Reason, ReasonLabel>> = {
  "origin-refused": {
    tone: "no",
    label: "Origin refused",
    meaning: "The policy does not name this origin. Add it if the page should be able to call this API.",
  },
  "method-refused": {
    tone: "no",
    label: "Method refused",
    meaning: "The origin is allowed, the method is not: add it to allowMethods, or change what the page sends.",
  },
  "headers-refused": {
    tone: "no",
    label: "Headers refused",
    meaning: "The origin and the method are allowed, some request headers are not: add them to allowHeaders.",
  },
  "origin-lookup-failed": {
    tone: "warn",
    label: "Lookup failed",
    meaning: "The origin lookup failed or took too long, so the request was refused. Fix it on the server.",
  },
  malformed: {
    tone: "warn",
    label: "Malformed",
    meaning: "It has a header no browser would send; it came from a program or an attack.",
  },
  allowed: { tone: "yes", label: "Allowed", meaning: "The policy permits it, and the response says so." },
  "not-cross-origin": {
    tone: "neutral",
    label: "Not cross-origin",
    meaning: "There was no Origin header, or it named the API’s own origin: CORS does not apply.",
  },
  "no-policy": {
    tone: "neutral",
    label: "No policy",
    meaning: "This path has no CORS policy here: the API’s own response goes out unchanged.",
  },
};

/** Every reason, in the order in which people look for them. */
export const reasonNames: readonly Reason[] = Object.keys(reasons).filter(isReason);

/** Is this the reason of a decision? */
export function isReason(text: string | undefined): text is Reason {
  return text !== undefined && Object.hasOwn(reasons, text);
}

/** The label of a decision's reason. */
export function reasonLabel(reason: Reason): ReasonLabel {
  return reasons[reason];
}

const lines: Readonly<Record<string, Label>> = {
  ...reasons,
  refused: { tone: "no", label: "Refused" },
};

/** The label of a line of a series by verdict or by reason. */
export function lineLabel(name: string): Label {
  return lines[name] ?? { tone: "neutral", label: name };
}

const engines: Readonly<Record<string, string>> = {
  chromium: "Chrome, Edge",
  firefox: "Firefox",
  webkit: "Safari",
  other: "Other",
  none: "No browser",
};

/** What the browsers of an engine are called. */
export function engineLabel(engine: string): string {
  return engines[engine] ?? engine;
}
