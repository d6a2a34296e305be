import { explanationOf, type Fix } from "@corsmith/cors/explain";
import type { Unreached } from "../live/unreached.ts";
import type { Diagnosis } from "./check-finding.ts";

const mostFixes = 3;

/** Who has to change what: what the answers tell first, then what others can do. */
export function fixesOf(diagnosis: Diagnosis | undefined, unreached: Unreached | undefined): readonly Fix[] {
  if (unreached !== undefined) return [{ who: "server", what: unreached.fix }];
  if (diagnosis === undefined) return [];
  const { fixes } = explanationOf(diagnosis.code);
  const { fix } = diagnosis;
  if (fix === undefined) return fixes.slice(0, mostFixes);
  // A value that means the origin and is written wrongly is mended where it is written.
  if (/(?:allow-origin-mismatch|invalid-allow-origin-value)$/.test(diagnosis.code)) return [fix];
  return [fix, ...fixes.filter(({ who }) => who !== fix.who)].slice(0, mostFixes);
}
