import { mistake, type Parsed } from "./parsed.ts";

/** The most processes that can share a port; far more than a machine's cores only costs memory. */
const maximumWorkers = 256;
/** A day, in seconds: longer than any sensible wait. */
const maximumSeconds = 86_400;

/** Parses a number of processes: a whole number from 1 to 256. */
export function parseWorkers(input: unknown): Parsed<number> {
  const number = toNumber(input);
  if (number !== undefined && Number.isInteger(number) && number >= 1 && number <= maximumWorkers)
    return { ok: true, value: number };
  return mistake(
    "workers-invalid",
    `Workers are a whole number from 1 to ${maximumWorkers}.`,
    "1, or the number of the machine's cores",
  );
}

/** Parses a time in seconds: more than 0, at most a day; fractions are fine. */
export function parseSeconds(input: unknown): Parsed<number> {
  const number = toNumber(input);
  if (number !== undefined && number > 0 && number <= maximumSeconds) return { ok: true, value: number };
  const seconds =
    typeof input === "string" ? /^(?<count>\d+)\s*(?<unit>ms|s|m)$/.exec(input.trim())?.groups : undefined;
  const factor = { ms: 0.001, s: 1, m: 60 }[seconds?.["unit"] ?? ""] ?? 0;
  return mistake(
    "timeout-invalid",
    `A time is a number of seconds, more than 0 and at most ${maximumSeconds}, without a unit.`,
    String(Number(seconds?.["count"] ?? 0) * factor || 30),
  );
}

/** The number that was meant: a number, or text that is one and nothing else. `Number` alone takes `""`, `0x10` and `1e3`. */
function toNumber(input: unknown): number | undefined {
  if (typeof input === "number") return Number.isFinite(input) ? input : undefined;
  if (typeof input !== "string" || !/^\d+(?:\.\d+)?$/.test(input.trim())) return undefined;
  return Number(input);
}
