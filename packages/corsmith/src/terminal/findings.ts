import { type ConfigFinding, hasErrors } from "../config/config-finding.ts";
import { exitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";
import { labelled, type Style } from "./wrap-text.ts";

/** The longest value that is shown; the place says where the whole one is. */
const maxShownLength = 160;

/**
 * Findings as people read them: errors first, in the order of the file, each with its place, what stands there, what is wrong with it, and the fix.
 * The text has no line break at its end.
 */
export function formatFindings(findings: readonly ConfigFinding[], style: Style): string {
  const rank = ({ severity }: ConfigFinding): number => (severity === "error" ? 0 : 1);
  const line = ({ line: number = 0, column = 0 }: ConfigFinding): number => number * 100_000 + column;
  const sorted = findings.toSorted((a, b) => rank(a) - rank(b) || line(a) - line(b));
  return sorted.map((finding) => formatFinding(finding, style)).join("\n\n");
}

/** How many there are, in words: `2 errors and 1 warning`. */
export function countFindings(findings: readonly ConfigFinding[]): string {
  const count = (severity: ConfigFinding["severity"]): string[] => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? "" : "s"}`];
  };
  return [...count("error"), ...count("warning")].join(" and ") || "no findings";
}

function formatFinding(finding: ConfigFinding, style: Style): string {
  const { colors } = style;
  const severity = finding.severity === "error" ? colors.red("error  ") : colors.yellow("warning");
  const file = fileOf(finding);
  const place = [
    ...(finding.path === "" ? [] : [colors.bold(finding.path)]),
    ...(file === "" ? [] : [finding.path === "" ? colors.bold(file) : colors.dim(file)]),
  ];
  return [
    `${severity}  ${place.join("  ")}`,
    ...(finding.value === undefined || isTheFile(finding) ? [] : row("value", formatValue(finding.value), style)),
    ...row("", finding.message, style),
    ...fixOf(finding, style),
  ].join("\n");
}

/** What is said of a whole file has the file as its value, whose name stands in the first line already. */
function isTheFile({ path, value, file }: ConfigFinding): boolean {
  return path === "" && file !== undefined && typeof value === "string" && value.endsWith(file);
}

/** A fix that is a name alone is the nearest to one that is not known. */
function fixOf({ code, fix }: ConfigFinding, style: Style): readonly string[] {
  const isName = code.endsWith("-unknown") && /^[\w$.-]+$/.test(fix);
  return isName
    ? row("", `Did you mean ${fix}?`, style, style.colors.green)
    : row("fix", fix, style, style.colors.green);
}

function row(label: string, text: string, style: Style, color?: (text: string) => string): readonly string[] {
  return labelled(`${label.padStart(7)}  `, text, style, color && { color });
}

function fileOf({ file, line, column }: ConfigFinding): string {
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

/** A value on one line, with control characters escaped: it may hold whatever stood in the file. */
function formatValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  // DEL and the C1 characters pass JSON.stringify, and can move a terminal's cursor.
  const safe = text.replace(/[\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g, escapeCharacter);
  return safe.length > maxShownLength ? `${safe.slice(0, maxShownLength)}…` : safe;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * What `--json` prints of a check, as one JSON text with a line break at its end: `ok`, true if there is no error, and `findings`. The keys
 * are stable: others may be added, none changes its meaning. `more` is put behind the two keys.
 */
export function findingsReport(
  findings: readonly ConfigFinding[],
  more: Readonly<Record<string, unknown>> = {},
): string {
  const report = { ok: !hasErrors(findings), findings: findings.map(withValue), ...more };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The key `value` is always there: JSON would leave out what is `undefined`, or code. */
function withValue(finding: ConfigFinding): ConfigFinding {
  return JSON.stringify(finding.value) === undefined ? { ...finding, value: null } : finding;
}

/** Says why the server was not started, to people or to programs. Returns the exit code for it. @param options `check` where none was to be */
export function refuseFindings(
  findings: readonly ConfigFinding[],
  { json, check = false }: { readonly json: boolean; readonly check?: boolean },
  terminal: Terminal,
): number {
  const verdict = terminal.err.colors.bold(`${countFindings(findings)}.${check ? "" : " Server not started."}`);
  return refuse(findings, json, terminal, `\n${verdict}\n`);
}

/** Says what is wrong, to people or to programs. Returns the exit code for it. @param after stands behind the findings, for people only */
export function refuse(findings: readonly ConfigFinding[], json: boolean, { out, err }: Terminal, after = ""): number {
  if (json) out.write(findingsReport(findings));
  else err.write(`${formatFindings(findings, err)}\n${after}`);
  return exitCode.refused;
}
