const absolute = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

const units: readonly (readonly [milliseconds: number, word: string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
];

/** `25 Nov 2026, 23:10:04`, in the reader's time zone. */
export function absoluteTime(time: number): string {
  return absolute.format(time);
}

/** `3 min ago`, `just now`. */
export function relativeTime(time: number, now: number): string {
  const age = Math.max(0, now - time);
  const [size, word] = units.find(([milliseconds]) => age >= milliseconds) ?? [1_000, "s"];
  return age < 5_000 ? "just now" : `${Math.floor(age / size)} ${word} ago`;
}
