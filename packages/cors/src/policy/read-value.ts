import type { PolicyReport } from "./policy-report.ts";

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

/** Reads a key that is a string or a list of strings. Entries that are something else are handed to `stranger`, or refused. */
export function readEntries(
  report: PolicyReport,
  path: string,
  value: unknown,
  stranger: (path: string, value: unknown) => boolean = () => false,
): readonly ListEntry[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [{ path, value }];
  if (!Array.isArray(value)) {
    if (!stranger(path, value)) {
      report.error(
        "type-mismatch",
        path,
        value,
        `${path} must be a list of strings, not ${describe(value)}.`,
        `${path}: []`,
      );
    }
    return [];
  }
  const entries: ListEntry[] = [];
  Array.from(value as readonly unknown[]).forEach((entry, index) => {
    const place = `${path}[${index}]`;
    if (typeof entry === "string") entries.push({ path: place, value: entry });
    else if (!stranger(place, entry)) {
      report.error("type-mismatch", place, entry, `${place} must be a string, not ${describe(entry)}.`, fixOf(entry));
    }
  });
  return entries;
}

/** Names the kind of a value as people call it. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  if (typeof value === "object") return "an object";
  return `${typeof value === "string" ? "the text" : `the ${typeof value}`} ${JSON.stringify(value) ?? String(value)}`;
}

function fixOf(entry: unknown): string {
  return entry instanceof URL ? entry.origin : "Write it as text in quotes, or remove it.";
}
