import { nearestName } from "@corsmith/cors";
import { mistake, type Parsed } from "./parsed.ts";

/** The levels of the log, from the most to the least that is written. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

/** A name of {@link logLevels}. */
export type LogLevel = (typeof logLevels)[number];

/** Parses the name of a log level. */
export function parseLogLevel(input: unknown): Parsed<LogLevel> {
  const level = logLevels.find((name) => name === input);
  if (level !== undefined) return { ok: true, value: level };
  const nearest =
    typeof input === "string"
      ? (logLevels.find((name) => input.startsWith(name)) ?? nearestName(input, logLevels))
      : undefined;
  return mistake("log-level-invalid", `A log level is one of ${logLevels.join(", ")}.`, nearest ?? "info");
}
