import type { failureOf } from "@corsmith/cors/browser";
import type { Explained } from "@corsmith/cors/explain";

/** A failure of the simulator. */
export type Code = Parameters<typeof failureOf>[0];

/** Was the failure named first, or among what else the text can mean; does the text hold no reason; or is it something else? */
export type Outcome = "first" | "among" | "no reason" | "wrong";

/** How right an explanation of a text is that was printed for this failure. */
export function outcomeOf(explained: Explained, code: Code): Outcome {
  if (explained.outcome === "unknown" || explained.matches.length !== 1) return "wrong";
  const [match] = explained.matches;
  if (match?.code === code) return "first";
  if (match?.others.some((other) => other.code === code)) return "among";
  return match?.code === "opaque-network-error" ? "no reason" : "wrong";
}
