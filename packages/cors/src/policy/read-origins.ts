import { formatOriginPattern, type OriginPattern } from "../origin/origin-pattern.ts";
import { parseOriginPattern } from "../origin/parse-origin-pattern.ts";
import { describeFault } from "./origin-faults.ts";
import { type ListEntry, type PolicyReport, readEntries } from "./read-value.ts";
import { findWidth, type OriginContext } from "./refuse-unsafe-origins.ts";

/** Reads `allowOrigins`, reports every mistake in it, and returns the entries that are right, each once. */
export function readOrigins(report: PolicyReport, value: unknown, context: OriginContext): readonly OriginPattern[] {
  const entries = readEntries(report, "allowOrigins", value, (path, entry) =>
    refuseOther(report, path, entry, context),
  );
  const patterns = new Map<string, OriginPattern>();
  for (const entry of entries) {
    const pattern = readOrigin(report, entry, context);
    if (pattern !== undefined) patterns.set(formatOriginPattern(pattern), pattern);
  }
  if (context.dangers.allowNullOrigin === true) patterns.set("null", { kind: "null" });
  if (isEmpty(value) && !context.hasLookup) refuseEmpty(report, value);
  if (patterns.has("*") && entries.length > 1) refuseAnyNotAlone(report, value);
  return [...patterns.values()];
}

function readOrigin(report: PolicyReport, entry: ListEntry, context: OriginContext): OriginPattern | undefined {
  const parsed = parseOriginPattern(entry.value);
  if ("fault" in parsed) {
    const { code, message, fix } = describeFault(parsed.fault, entry.value);
    const better = parsed.fault === "comma-joined" ? proposeList(entry.value, context) : propose(entry.value, context);
    report.error(code, entry.path, entry.value, message, better ?? fix);
    return undefined;
  }
  for (const { code, message, fix } of findWidth(parsed.pattern, context))
    report.error(code, entry.path, entry.value, message, fix);
  return parsed.pattern;
}

/**
 * The entry that was probably meant. A proposal that is refused in its turn helps nobody: where the policy cannot have that entry either,
 * it is what to do instead.
 */
function propose(text: string, context: OriginContext): string | undefined {
  const parsed = parseOriginPattern(text);
  if ("pattern" in parsed) return findWidth(parsed.pattern, context)[0]?.fix ?? text;
  return parsed.correction === undefined ? undefined : propose(parsed.correction, context);
}

/** The entries that a joined text was meant to be, if the policy can have them all. */
function proposeList(text: string, context: OriginContext): string | undefined {
  const parts = text.split(",").filter((part) => part.trim() !== "");
  const proposals = [...new Set(parts.map((part) => propose(part, context) ?? ""))];
  if (proposals.length > 1 && proposals.includes("*")) return undefined;
  if (proposals.length === 0 || proposals.some((part) => "fault" in parseOriginPattern(part))) return undefined;
  return proposals.length === 1 ? proposals[0] : JSON.stringify(proposals);
}

/**
 * A regular expression in the list is the commonest hole of all: unanchored, with dots that match anything. A `URL` is at least an origin
 * with something after it.
 */
function refuseOther(report: PolicyReport, path: string, entry: unknown, context: OriginContext): boolean {
  if (entry instanceof RegExp) {
    const text = String(entry);
    const { code, message, fix } = describeFault("regular-expression", text);
    report.error(code, path, text, message, fix);
    return true;
  }
  const proposal = entry instanceof URL ? propose(entry.origin, context) : undefined;
  if (proposal === undefined) return false;
  report.error("type-mismatch", path, entry, `${path} must be a string, not an object.`, proposal);
  return true;
}

function refuseEmpty(report: PolicyReport, value: unknown): void {
  const message = "No origin is named, and there is no default policy: none could be right.";
  const fix = 'Name who may read the responses: allowOrigins: ["https://app.example.com"].';
  report.error("origins-missing", "allowOrigins", value, message, fix);
}

function refuseAnyNotAlone(report: PolicyReport, value: unknown): void {
  const message = '"*" already stands for every origin; beside others it is either a leftover or a hole.';
  report.error("origin-any-not-alone", "allowOrigins", value, message, 'Write "*" alone, or remove it.');
}

/** A list that holds only mistakes is not empty: its entries have findings of their own. */
function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
