import { type Engine, type Step, titleOf } from "@corsmith/cors/browser";

const judges: Readonly<Record<Engine, string>> = {
  standard: "as the standard requires",
  chromium: "the way Chrome and Edge do it",
  firefox: "the way Firefox does it",
  webkit: "the way Safari does it",
};

/** Whose judgement it is, to be put after “evaluated”. */
export function judgeWords(engine: Engine): string {
  return judges[engine];
}

/** What a step is about, in a word or two. */
export function headingOf(step: Step): string {
  const title = titleOf(step);
  return title.slice(0, 1).toUpperCase() + title.slice(1);
}

/** What of an answer a step looked at: its status line, or a header by its name in lower case. */
export type LookedAt = "status" | (string & {});

/** Which part of the answer this step looked at; `undefined` if it looked at none. */
export function lookedAt({ step, facts }: Step): LookedAt | undefined {
  if ("header" in facts) return facts.header.toLowerCase();
  return step === "cors-preflight-fetch/status" ? "status" : undefined;
}

/** How the header's name is written, for one that is missing. */
export function headerName(lower: string): string {
  return lower.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
