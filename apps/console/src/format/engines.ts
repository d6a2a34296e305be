import type { Sample } from "corsmith/api";

const words: Readonly<Record<Sample["engine"], string>> = {
  chromium: "Chrome, Edge",
  firefox: "Firefox",
  webkit: "Safari",
  other: "Other",
  none: "No browser",
};

/** What the browsers of an engine are called. */
export function engineWord(engine: Sample["engine"]): string {
  return words[engine];
}
