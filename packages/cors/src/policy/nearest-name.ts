/**
 * The known name nearest to what was typed, if it is near enough to have been meant: `allow_origins`, `allowOrigin` and `origins` all
 * come to `allowOrigins`.
 */
export function nearestName(typed: string, known: readonly string[]): string | undefined {
  const plain = normalize(typed);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const name of known) {
    const target = normalize(name);
    const distance =
      target === plain ? 0 : target.includes(plain) && plain.length > 3 ? 1 : editDistance(plain, target);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  const maxDistance = Math.max(plain.length > 3 ? 2 : 1, Math.floor(plain.length / 3));
  return bestDistance <= maxDistance ? best : undefined;
}

function normalize(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .slice(0, 64);
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
