import process from "node:process";

/** Is this the long form of the tests, `npm run deep`? */
const deep: boolean = process.env["CORSMITH_DEEP"] === "1";

/**
 * How many cases a property tries: all of them in `npm run deep`, a tenth otherwise, always with the seed that is set or, in the short form,
 * one that stays.
 *
 * @param full cases of the long form
 */
export function effort(full: number): { readonly numRuns: number; readonly seed?: number } {
  const seed = process.env["CORSMITH_SEED"];
  if (seed !== undefined) return { numRuns: deep ? full : Math.ceil(full / 10), seed: Number(seed) };
  return deep ? { numRuns: full } : { numRuns: Math.ceil(full / 10), seed: 20_261_130 };
}
