/** Whole numbers below a bound, the same in every run: two runs are then about the same work. */
export function repeatableRandom(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    // A linear congruential step, modulus 2^32; its high bits are the good ones.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * bound);
  };
}
