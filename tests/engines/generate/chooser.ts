import { repeatableRandom } from "../../bench/repeatable-random.ts";

/** Chooses the same for the same seed. */
export interface Chooser {
  below(bound: number): number;
  oneOf<Value>(values: readonly Value[]): Value;
  /** True in so many of a hundred times. */
  chance(percent: number): boolean;
  /** Some of the values, at most so many, in any order. */
  some<Value>(values: readonly Value[], atMost: number): readonly Value[];
}

/** Makes a chooser. */
export function chooserOf(seed: number): Chooser {
  const below = repeatableRandom(seed);
  const oneOf = <Value>(values: readonly Value[]): Value => {
    const value = values[below(values.length)];
    if (value === undefined) throw new Error("There is nothing to choose from.");
    return value;
  };
  return {
    below,
    oneOf,
    chance: (percent) => below(100) < percent,
    some(values, atMost) {
      const count = below(atMost + 1);
      const rest = [...values];
      return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(below(rest.length), 1)).flat();
    },
  };
}
