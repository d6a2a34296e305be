/** A 64-bit hash in two halves. */
export interface TextHash {
  readonly low: number;
  readonly high: number;
}

/**
 * Hashes text quickly and evenly. It is no cryptography: with a known seed, somebody can make texts of equal hash, so where that would
 * matter the seed is random.
 */
export function hashText(text: string, seed: number): TextHash {
  let low = 0x9e3779b9 ^ seed;
  let high = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x85ebca6b);
    high = Math.imul(high ^ code, 0xc2b2ae35);
    low = (low << 13) | (low >>> 19);
    high = (high << 17) | (high >>> 15);
  }
  low = finish(low ^ Math.imul(high, 0x27d4eb2f) ^ text.length);
  high = finish(high ^ Math.imul(low, 0x165667b1));
  return { low, high };
}

/** The finishing steps of MurmurHash3: every bit of the state reaches every bit of the result. */
function finish(state: number): number {
  let mixed = state;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
