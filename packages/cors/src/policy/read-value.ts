import type { Finding, FindingCode } from "../finding.ts";
import type { OriginLookup } from "./policy-input.ts";

/** An entry of a list, with the place where it stands. */
export interface ListEntry {
  readonly path: string;
  readonly value: string;
}

/** Reads a key that is a boolean; `false` where it is absent or something else. */
export function readBoolean(report: PolicyReport, path: string, value: unknown): boolean {
  if (value === undefined || typeof value === "boolean") return value === true;
  const fix = /^(?:true|false)$/.test(String(value)) ? String(value) : "true or false";
  report.error("type-mismatch", path, value, `${path} must be true or false, not ${describe(value)}.`, fix);
  return false;
}

/** Reads a key that is a string or a list of strings. Entries that are something else are handed to `takeOther`, or refused. */
export function readEntries(
  report: PolicyReport,
  path: string,
  value: unknown,
  takeOther: (path: string, value: unknown) => boolean = () => false,
): readonly ListEntry[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [{ path, value }];
  if (!Array.isArray(value)) {
    const message = `${path} must be a list of strings, not ${describe(value)}.`;
    if (!takeOther(path, value)) report.error("type-mismatch", path, value, message, `${path}: []`);
    return [];
  }
  const entries: ListEntry[] = [];
  Array.from(value as readonly unknown[]).forEach((entry, index) => {
    const place = `${path}[${index}]`;
    if (typeof entry === "string") entries.push({ path: place, value: entry });
    else if (!takeOther(place, entry)) {
      const message = `${place} must be a string, not ${describe(entry)}.`;
      report.error("type-mismatch", place, entry, message, "Write it as text in quotes, or remove it.");
    }
  });
  return entries;
}

/** Names the kind of a value as people call it. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  if (typeof value === "object") return "an object";
  return `${typeof value === "string" ? "the text" : `the ${typeof value}`} ${JSON.stringify(value) ?? String(value)}`;
}

/** Takes the findings as they are made. */
export interface PolicyReport {
  readonly error: (code: FindingCode, path: string, value: unknown, message: string, fix: string) => void;
  readonly warning: (code: FindingCode, path: string, value: unknown, message: string, fix: string) => void;
}

/** A report that adds findings to a list. */
export function policyReport(findings: Finding[]): PolicyReport {
  const add =
    (severity: Finding["severity"]): PolicyReport["error"] =>
    (code, path, value, message, fix) => {
      findings.push({ code, severity, path, value, message, fix });
    };
  return { error: add("error"), warning: add("warning") };
}

/** The longest time, in seconds, that any engine keeps a preflight's answer (Firefox; Chromium keeps 7200, WebKit 600). */
const maxMaxAge = 86_400;

/**
 * Reads `maxAge`. Zero is kept, not dropped: it turns the browser's own five seconds off.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
 */
export function readMaxAge(report: PolicyReport, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const seconds = typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= maxMaxAge) return value;
  const isNumber = typeof seconds === "number" && Number.isFinite(seconds);
  const nearest = isNumber ? Math.min(Math.max(Math.round(seconds), 0), maxMaxAge) : 7200;
  const message = `maxAge must be a whole number of seconds from 0 to ${maxMaxAge}, not ${describe(value)}.`;
  report.error("max-age-invalid", "maxAge", value, message, String(nearest));
  return undefined;
}

/** Reads `preflightStatus`. @see https://fetch.spec.whatwg.org/#ok-status */
export function readPreflightStatus(report: PolicyReport, value: unknown): 204 | 200 {
  if (value === undefined || value === 204 || value === 200) return value ?? 204;
  const message = `preflightStatus must be 204, or 200 for clients that insist on it, not ${describe(value)}.`;
  report.error("preflight-status-invalid", "preflightStatus", value, message, "204");
  return 204;
}

/** Reads `upstreamExposeHeaders`; `undefined` is the default, which the canonical form leaves out. */
export function readUpstreamExpose(report: PolicyReport, value: unknown): "merge" | undefined {
  if (value === "merge") return value;
  if (value === undefined || value === "drop") return undefined;
  const message = `upstreamExposeHeaders is "drop" or "merge", not ${describe(value)}.`;
  report.error("type-mismatch", "upstreamExposeHeaders", value, message, value === true ? "merge" : "drop");
  return undefined;
}

/** Reads `originLookup`. */
export function readLookup(report: PolicyReport, value: unknown): OriginLookup | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || !("find" in value) || typeof value.find !== "function") {
    const message = `originLookup must be an object with a function find(origin, signal), not ${describe(value)}.`;
    report.error("type-mismatch", "originLookup", value, message, "originLookup: { find: async (origin) => false }");
    return undefined;
  }
  const limits = value as { readonly [key: string]: unknown };
  for (const key of Object.keys(limits)) {
    if (key === "find" || key === "timeoutMs" || key === "cacheSeconds") continue;
    const message = `There is no key ${JSON.stringify(key)} in originLookup.`;
    report.error("key-unknown", `originLookup.${key}`, limits[key], message, "One of: find, timeoutMs, cacheSeconds.");
  }
  const timeoutMs = readNumber(report, "originLookup.timeoutMs", limits["timeoutMs"], 1, 60_000);
  const cacheSeconds = readNumber(report, "originLookup.cacheSeconds", limits["cacheSeconds"], 0, 86_400);
  return {
    find: value.find as OriginLookup["find"],
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(cacheSeconds === undefined ? {} : { cacheSeconds }),
  };
}

function readNumber(report: PolicyReport, path: string, value: unknown, min: number, max: number): number | undefined {
  if (value === undefined || (typeof value === "number" && value >= min && value <= max)) return value;
  const message = `${path} must be a number from ${min} to ${max}, not ${describe(value)}.`;
  report.error("type-mismatch", path, value, message, String(min));
  return undefined;
}
