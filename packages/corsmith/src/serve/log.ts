import { createColors } from "picocolors";
import { type Logger, pino } from "pino";
import pretty from "pino-pretty";
import type { LogLevel } from "../config/parse-settings.ts";
import type { Colors } from "../terminal/terminal.ts";

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

export type LogEntry = Readonly<Record<string, unknown>>;

/** An entry as one line for people: for a decision what was asked, what was answered and why; otherwise its message. */
export function formatLogEntry(entry: LogEntry, colors: Colors): string {
  const message = text(entry, "msg");
  const worker = entry["worker"] === undefined ? "" : colors.dim(`[worker ${text(entry, "worker")}] `);
  if (typeof entry["reason"] === "string" && typeof entry["method"] === "string")
    return worker + decisionLine(entry, message, colors);
  if (entry["suppressed"] !== undefined) {
    const what = text(entry, "origin") || text(entry, "code");
    return `${worker}${message} ${colors.dim(`(${what}: ${text(entry, "suppressed")})`)}`;
  }
  const cause = text(entry, "cause");
  return worker + message + (cause === "" ? "" : ` ${colors.dim(`(${cause})`)}`);
}

function decisionLine(entry: LogEntry, message: string, colors: Colors): string {
  const allowed = entry["reason"] === "allowed";
  const asked = `${entry["preflight"] === true ? "preflight " : ""}${text(entry, "method")} ${text(entry, "path")}`;
  const verdict = (allowed ? colors.green : colors.yellow)(text(entry, "reason"));
  const detail = text(entry, "detail");
  const named = detail === "" || detail === "origin" ? "" : ` (${detail})`;
  const end = `${text(entry, "status")}${entry["aborted"] === true ? " aborted" : ""} ${colors.dim(`${text(entry, "durationMs")} ms`)}`;
  const line = `${asked} from ${text(entry, "origin")}: ${verdict}${named}, ${end}`;
  // Who reads that something was allowed needs no sentence about it.
  return allowed ? line : `${line}\n    ${colors.dim(message)}`;
}

function text(entry: LogEntry, key: string): string {
  const value = entry[key];
  return value === undefined || value === null ? "" : String(value);
}
