import type { Engine } from "@corsmith/cors/browser";

const words: Readonly<Record<Engine, string>> = {
  standard: "the standard has it",
  chromium: "Chrome and Edge do",
  firefox: "Firefox does",
  webkit: "Safari does",
};

/** Whose judgement it is, to be put behind “judged as”. */
export function judgeWords(engine: Engine): string {
  return words[engine];
}
