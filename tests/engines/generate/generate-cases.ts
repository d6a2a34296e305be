import type { UnplayedCase } from "../play-case.ts";
import { type Chooser, chooserOf } from "./chooser.ts";
import { type Draft, kinds } from "./kinds.ts";
import { severalSteps } from "./several-steps.ts";

interface WeightedKind {
  readonly name: string;
  readonly share: number;
  readonly draft: (choose: Chooser) => Draft;
}

const weighted: readonly WeightedKind[] = [
  ...Object.entries(kinds).map(([name, kind]) => ({ name, ...kind })),
  { name: "several-steps", share: 11, draft: severalSteps },
];

/** So many cases; the same for the same seed, and each the same however many are asked for. */
export function generateCases(seed: number, count: number): readonly UnplayedCase[] {
  return Array.from({ length: count }, (_, index) => {
    const choose = chooserOf(seed * 1_000_003 + index * 7919);
    // A generator's first numbers tell its seed.
    for (let turns = 0; turns < 8; turns += 1) choose.below(2);
    const { name, draft } = chooseKind(choose);
    const { tags, page, steps, server } = draft(choose);
    return { id: `g${seed}-${index}`, tags: [name, ...tags], page, cookies: ["sid=1"], steps, server };
  });
}

function chooseKind(choose: Chooser): WeightedKind {
  let left = choose.below(weighted.reduce((sum, { share }) => sum + share, 0));
  const kind = weighted.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  if (kind === undefined) throw new Error("The shares of the kinds add up to nothing.");
  return kind;
}
