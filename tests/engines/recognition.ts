import { explain } from "@corsmith/cors/explain";
import type { Outcome } from "../oracle/explained-outcome.ts";
import { withOrigins } from "../oracle/symbols.ts";
import type { Printed } from "./comparison.ts";

/** How the lines of a run were recognised: each line by itself, and all lines of a request as somebody pastes them. */
export interface Recognition {
  readonly lines: Readonly<Record<Outcome, number>>;
  readonly requests: Readonly<Record<Outcome, number>>;
  /** Those that were not, with the failure that they are about. */
  readonly wrong: readonly string[];
}

/** Has every line explained that an engine printed. */
export function recognise(printed: readonly Printed[]): Recognition {
  const lines: Record<Outcome, number> = { first: 0, among: 0, "no reason": 0, wrong: 0 };
  const requests: Record<Outcome, number> = { first: 0, among: 0, "no reason": 0, wrong: 0 };
  const wrong = new Set<string>();
  for (const { id, lines: texts, code } of printed) {
    const judge = (text: string, counts: Record<Outcome, number>): void => {
      const outcome = outcomeOfText(withOrigins(text), code);
      counts[outcome] += 1;
      if (outcome === "wrong") wrong.add(`${id}, ${code ?? "went well"}: ${text}`);
    };
    for (const text of texts) judge(text, lines);
    judge(texts.join("\n"), requests);
  }
  return { lines, requests, wrong: [...wrong] };
}

/** Lines that tell of a failure and hold no reason: the engine has given it in the line before, or nowhere. */
const withoutReason: readonly string[] = ["opaque-network-error", "cors-request-did-not-succeed"];

/** What is printed about a request that went well is about its status. A whole paste may report several things. */
function outcomeOfText(text: string, code: Printed["code"]): Outcome {
  const explained = explain(text);
  if (explained.outcome === "unknown") return "wrong";
  const expected = code ?? "error-status";
  const codes = explained.matches.map((match) => match.code);
  if (codes[0] === expected) return "first";
  const others = explained.matches.flatMap((match) => match.others.map((other) => other.code));
  if (codes.includes(expected) || others.includes(expected)) return "among";
  return codes.every((one) => withoutReason.includes(one)) ? "no reason" : "wrong";
}
