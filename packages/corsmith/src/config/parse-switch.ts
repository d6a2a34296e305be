import { mistake, type Parsed } from "./parsed.ts";

/** Parses a switch: `true` or `false`, as a value or as text. */
export function parseSwitch(input: unknown): Parsed<boolean> {
  const text = typeof input === "string" ? input.trim().toLowerCase() : input;
  if (text === true || text === "true") return { ok: true, value: true };
  if (text === false || text === "false") return { ok: true, value: false };
  const meant = ["1", 1, "yes", "on", "y"].some((yes) => yes === text);
  return mistake("switch-invalid", "A switch is true or false.", meant ? "true" : "false");
}
