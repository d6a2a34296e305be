import { createColors } from "picocolors";
import { type Logger, pino } from "pino";
import pretty from "pino-pretty";
import type { LogLevel } from "../../config/parse-log-level.ts";
import { formatLogEntry } from "./log-line.ts";

/** How the log is written. */
export interface LogOptions {
  readonly level: LogLevel;
  /** For people in a terminal; otherwise one JSON object a line. */
  readonly pretty: boolean;
  readonly colors: boolean;
  /** Which worker writes it. */
  readonly worker?: number;
}

/** Bytes that wait for a reader that does not keep up. What is beyond them is dropped: the log must not take the memory of the gateway. */
const longestBacklog = 16 * 1024 * 1024;

/** Opens the log on stdout: for `serve`, the log is the data. */
export function createLog({ level, pretty: forPeople, colors, worker }: LogOptions): Logger {
  const settings = {
    level,
    base: worker === undefined ? {} : { worker },
    // Words instead of numbers: every collector understands them, and so does a reader.
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  if (!forPeople) return pino(settings, pino.destination({ dest: 1, sync: false, maxLength: longestBacklog }));
  const palette = createColors(colors);
  const stream = pretty({
    colorize: colors,
    sync: true,
    destination: 1,
    translateTime: "SYS:HH:MM:ss",
    // What the line already says.
    hideObject: true,
    ignore: "pid,hostname",
    messageFormat: (entry) => formatLogEntry(entry, palette),
    // Its own choice paints every message cyan.
    customColors: "trace:gray,debug:blue,info:green,warn:yellow,error:red,fatal:bgRed,message:reset",
  });
  return pino(settings, stream);
}
