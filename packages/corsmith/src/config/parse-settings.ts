import { isIP } from "node:net";
import { nearestName } from "@corsmith/cors";
import { type JournalPlace, shownPlace } from "../journal/journal-settings.ts";
import type { ConfigFindingCode } from "./config-finding.ts";

/** What came of parsing one value: the value, or what is wrong with it and how to put it right. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly warning?: Mistake }
  | { readonly ok: false; readonly mistake: Mistake };

/** What is wrong with a value; where it stands is added by the caller. */
export interface Mistake {
  readonly code: ConfigFindingCode;
  readonly message: string;
  readonly fix: string;
}

export function mistake(code: ConfigFindingCode, message: string, fix: string): { ok: false; mistake: Mistake } {
  return { ok: false, mistake: { code, message, fix } };
}

/** The most processes that can share a port; far more than a machine's cores only costs memory. */
const maxWorkers = 256;
/** A day, in seconds: longer than any sensible wait. */
const maxSeconds = 86_400;

// Of all these, `name` is that of the flag, variable or key that gives the value: the messages begin with it.

/** Parses a number of processes: a whole number from 1 to 256. */
export function parseWorkers(input: unknown, name: string): Parsed<number> {
  const number = toNumber(input);
  if (number !== undefined && Number.isInteger(number) && number >= 1 && number <= maxWorkers)
    return { ok: true, value: number };
  const message = `${name} must be a whole number from 1 to ${maxWorkers}.`;
  return mistake("workers-invalid", message, "1, or the number of the machine's cores");
}

/** Parses a time in seconds: more than 0, at most a day; fractions are fine. */
export function parseSeconds(input: unknown, name: string): Parsed<number> {
  const number = toNumber(input);
  if (number !== undefined && number > 0 && number <= maxSeconds) return { ok: true, value: number };
  const seconds =
    typeof input === "string" ? /^(?<count>\d+)\s*(?<unit>ms|s|m)$/.exec(input.trim())?.groups : undefined;
  const factor = { ms: 0.001, s: 1, m: 60 }[seconds?.["unit"] ?? ""] ?? 0;
  const message = `${name} must be a number of seconds, more than 0 and at most ${maxSeconds}, without a unit.`;
  return mistake("timeout-invalid", message, String(Number(seconds?.["count"] ?? 0) * factor || 30));
}

/** The number that was meant: a number, or text that is one and nothing else. `Number` alone takes `""`, `0x10` and `1e3`. */
function toNumber(input: unknown): number | undefined {
  if (typeof input === "number") return Number.isFinite(input) ? input : undefined;
  if (typeof input !== "string" || !/^\d+(?:\.\d+)?$/.test(input.trim())) return undefined;
  return Number(input);
}

/** Parses a switch: `true` or `false`, as a value or as text. */
export function parseSwitch(input: unknown, name: string): Parsed<boolean> {
  const text = typeof input === "string" ? input.trim().toLowerCase() : input;
  if (text === true || text === "true") return { ok: true, value: true };
  if (text === false || text === "false") return { ok: true, value: false };
  const meant = ["1", 1, "yes", "on", "y"].some((yes) => yes === text);
  return mistake("switch-invalid", `${name} must be true or false.`, meant ? "true" : "false");
}

/** The levels of the log, from the most to the least that is written. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

export type LogLevel = (typeof logLevels)[number];

export function parseLogLevel(input: unknown, name: string): Parsed<LogLevel> {
  const level = logLevels.find((name) => name === input);
  if (level !== undefined) return { ok: true, value: level };
  const nearest =
    typeof input === "string"
      ? (logLevels.find((name) => input.startsWith(name)) ?? nearestName(input, logLevels))
      : undefined;
  return mistake("log-level-invalid", `${name} must be one of ${logLevels.join(", ")}.`, nearest ?? "info");
}

/** Parses the proxies in front: addresses and CIDR blocks, as a list or as text with commas. */
export function parseTrustProxy(input: unknown, name: string): Parsed<readonly string[]> {
  const items: unknown = typeof input === "string" ? [input] : input;
  if (!Array.isArray(items)) {
    return mistake("trust-proxy-invalid", `${name} must be a list of addresses or CIDR blocks.`, '["10.0.0.0/8"]');
  }
  const blocks = items
    .flatMap((item: unknown) => (typeof item === "string" ? item.split(",").map((block) => block.trim()) : [item]))
    .filter((block) => block !== "");
  for (const block of blocks) {
    const wrong = typeof block === "string" ? mistakeIn(block) : "it is not text";
    if (wrong === undefined) continue;
    const message = `${JSON.stringify(block)} is not an address or CIDR block: ${wrong}.`;
    return mistake("trust-proxy-invalid", message, "10.0.0.0/8, fd00::/8 or 127.0.0.1");
  }
  const value = blocks as string[];
  const open = value.find((block) => block.endsWith("/0"));
  return open === undefined ? { ok: true, value } : { ok: true, value, warning: everyone(open) };
}

function mistakeIn(block: string): string | undefined {
  const [address = "", prefix, ...rest] = block.split("/");
  const version = isIP(address);
  if (version === 0) return "write the IP address, names are not looked up";
  if (prefix === undefined) return undefined;
  const bits = version === 4 ? 32 : 128;
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)
    return `after the / stands a number from 0 to ${bits}`;
  return undefined;
}

function everyone(block: string): Mistake {
  return {
    code: "trust-proxy-everyone",
    message: `${block} believes the X-Forwarded headers of every client, so any of them can forge an address.`,
    fix: "Name the addresses of your own proxies.",
  };
}

/** Parses the API's address: an `http:` or `https:` origin without user, path, query or fragment. */
export function parseUpstream(input: unknown, name: string): Parsed<URL> {
  const invalid = (message: string, fix: string): Parsed<URL> => mistake("upstream-invalid", message, fix);
  if (typeof input !== "string") return invalid(`${name} must be a URL.`, "http://127.0.0.1:8000");
  const text = input.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return invalid("The scheme is missing.", `http://${text.replace(/^\/+/, "") || "127.0.0.1:8000"}`);
  const url = URL.parse(text);
  if (!url) return invalid("This is not a URL.", "http://127.0.0.1:8000");
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return invalid(`The gateway speaks http and https, not ${url.protocol.slice(0, -1)}.`, `http://${url.host}`);
  if (url.username !== "" || url.password !== "")
    return invalid("A user name or password in the URL would never be sent.", url.origin);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    return invalid(`${name} must be a URL without a path: paths are passed on as they come.`, url.origin);
  return { ok: true, value: url };
}

/** Where decisions are kept, if they are. */
export type JournalChoice = JournalPlace | { readonly kind: "off" };

/** Where a journal is, for people: without user and password. */
export function shownJournal(choice: JournalChoice): string {
  return choice.kind === "off" ? "off" : shownPlace(choice).place;
}

/** Parses where decisions are kept: `off`, `memory`, the address of a PostgreSQL, or else a file. */
export function parseJournal(input: unknown, name: string): Parsed<JournalChoice> {
  const invalid = (message: string, fix: string): Parsed<JournalChoice> => mistake("journal-invalid", message, fix);
  if (typeof input !== "string")
    return invalid(`${name} must be text: a file, a PostgreSQL URL, memory or off.`, "corsmith.journal");
  const text = input.trim();
  if (text === "off" || text === "memory") return { ok: true, value: { kind: text } };
  if (/^postgres(?:ql)?:\/\//i.test(text)) {
    const url = URL.parse(text);
    if (url !== null && url.pathname.length >= 2) return { ok: true, value: { kind: "postgresql", url: text } };
    const message = url === null ? "This is not a URL." : "The name of the database is missing.";
    return invalid(message, "postgres://user:password@host:5432/database");
  }
  const scheme = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\//i.exec(text)?.groups?.["scheme"];
  if (scheme !== undefined) {
    const fix = "corsmith.journal, or postgres://user:password@host/database";
    return invalid(`${name} must be a file or a PostgreSQL URL, not ${scheme}:.`, fix);
  }
  if (text === "" || /[\0\r\n]/.test(text) || /[/\\]$/.test(text))
    return invalid("This is not the name of a file.", "corsmith.journal, memory or off");
  return { ok: true, value: { kind: "file", path: text } };
}
