import type { Spread } from "./spread.ts";

/** A ratio with its ends: `5.4 × (4.9–6.0)`. */
export function formatRatio({ median, min, max }: Spread): string {
  return `${digits(median)} × (${digits(min)}–${digits(max)})`;
}

/** Nanoseconds, in the unit in which they can be read. */
export function formatNanoseconds(nanoseconds: number): string {
  if (nanoseconds < 10_000) return `${digits(nanoseconds)} ns`;
  if (nanoseconds < 10_000_000) return `${digits(nanoseconds / 1_000)} µs`;
  return `${digits(nanoseconds / 1_000_000)} ms`;
}

/** Three digits that mean something, or all that stand before the point. */
export function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value.toFixed(value >= 10 ? 1 : 2);
}
