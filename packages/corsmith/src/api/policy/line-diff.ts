import type { PolicyDiff } from "../schemas/policy-change.ts";

type DiffLine = PolicyDiff["lines"][number];

/** Lines that are shown around each change. */
const around = 3;
/** Pairs of lines that are compared. With more, everything between the common beginning and end counts as changed: the cost is their product. */
const maxPairs = 4_000_000;

/** The lines in which two texts differ, with three lines around each change. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const start = commonLength(old, now);
  const end = commonLength(old.slice(start).toReversed(), now.slice(start).toReversed());
  const lines: DiffLine[] = [
    ...old.slice(0, start).map((text) => ({ kind: "same" as const, text })),
    ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map((text) => ({ kind: "same" as const, text })),
  ];
  const near = (index: number): boolean =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== "same");
  return lines.filter((line, index) => line.kind !== "same" || near(index));
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index++) if (a[index] !== b[index]) return index;
  return shorter;
}

/** The part in which they differ. */
function middle(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  if (old.length * now.length > maxPairs) return [...old.map(removed), ...now.map(added)];
  const length = commonSubsequences(old, now);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < now.length) {
    const [a = "", b = ""] = [old[i], now[j]];
    if (a === b) {
      lines.push({ kind: "same", text: a });
      i++;
      j++;
    } else if (length(i + 1, j) >= length(i, j + 1)) {
      lines.push(removed(a));
      i++;
    } else {
      lines.push(added(b));
      j++;
    }
  }
  return [...lines, ...old.slice(i).map(removed), ...now.slice(j).map(added)];
}

/** The length of the longest common subsequence of what begins at two places; the table is filled from the end. */
function commonSubsequences(old: readonly string[], now: readonly string[]): (i: number, j: number) => number {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const length = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        old[i] === now[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  return length;
}

function removed(text: string): DiffLine {
  return { kind: "removed", text };
}

function added(text: string): DiffLine {
  return { kind: "added", text };
}
