/** A stretch of time up to now, to choose from. */
export interface Window {
  readonly id: string;
  readonly word: string;
  /** How it is called behind “the last”. */
  readonly last: string;
  readonly milliseconds: number;
}

const minute = 60_000;

/** Those that can be chosen. */
export const windows: readonly Window[] = [
  { id: "15min", word: "15 min", last: "15 minutes", milliseconds: 15 * minute },
  { id: "1h", word: "1 hour", last: "hour", milliseconds: 60 * minute },
  { id: "24h", word: "24 hours", last: "24 hours", milliseconds: 24 * 60 * minute },
  { id: "7d", word: "7 days", last: "7 days", milliseconds: 7 * 24 * 60 * minute },
];

/** The hour, if nothing was chosen. */
export function windowOf(id: string | undefined): Window {
  const [, hour] = windows;
  const found = windows.find((each) => each.id === id) ?? hour;
  if (found === undefined) throw new Error("There is an hour among the windows.");
  return found;
}

/** From when on, at the beginning of a minute, so that a question stays the same for a minute. */
export function windowStart({ milliseconds }: Window, now: number): number {
  return Math.floor((now - milliseconds) / minute) * minute;
}
