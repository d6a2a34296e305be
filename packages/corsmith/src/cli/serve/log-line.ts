import type { Colors } from "../terminal.ts";

/** The fields of one entry of the log. */
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
