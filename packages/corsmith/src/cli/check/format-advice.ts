import type { CheckReport, EngineVerdict } from "../../check/check-report.ts";
import { browserName } from "../../check/headline.ts";
import { shellQuoted } from "../../live/curl-line.ts";
import type { Style } from "../../terminal/wrap-text.ts";
import { labelled } from "../../terminal/wrap-text.ts";

/** What was seen, and what is likely behind it. */
export function formatReasons({ diagnosis, unreached }: CheckReport, style: Style): readonly string[] {
  if (unreached !== undefined) {
    const note = 'The console shows a network error, and the page the same "Failed to fetch" as for a CORS error.';
    return row("Note", note, style);
  }
  if (diagnosis === undefined) return [];
  const { facts, likely, comparison } = diagnosis;
  const settled = likely?.settledBy === undefined ? [] : row("", `to be sure: ${likely.settledBy}`, style);
  return [
    // Two texts below each other have said it better.
    ...(facts.length === 0 || comparison !== undefined ? [] : row("Seen", facts.join("; "), style)),
    ...(likely === undefined ? [] : row("Cause", `${likely.confidence}: ${likely.cause}`, style)),
    ...settled,
  ];
}

/** Who can change what. */
export function formatFixes({ fixes: all }: CheckReport, style: Style): readonly string[] {
  return all.flatMap(({ who, what }, index) =>
    row(index === 0 ? "Fix" : "or", `${who}: ${what}`, style, style.colors.green),
  );
}

/** Where to read on. */
export function formatMore(
  { diagnosis, unreached, request: { origin, method } }: CheckReport,
  { colors }: Style,
): readonly string[] {
  const code = diagnosis?.code ?? unreached?.code;
  if (code === undefined) return [];
  const known = [`--origin ${shellQuoted(origin)}`, ...(method === "GET" ? [] : [`--method ${shellQuoted(method)}`])];
  return [`  ${colors.dim("More".padEnd(labelWidth))} corsmith explain ${[code, ...known].join(" ")}`];
}

/** The header lines with which it would be allowed. */
export function formatExpectation(
  { verdict, expectation: wanted, failure }: CheckReport,
  style: Style,
): readonly string[] {
  if (verdict !== "blocked" || failure?.at === "nothing") return [];
  const { preflight, answer } = wanted;
  const list = (title: string, lines: readonly string[]): string[] => [title, ...lines.map((line) => `  ${line}`)];
  const texts = [
    ...(preflight === undefined ? [] : list("of OPTIONS:", preflight)),
    ...list(preflight === undefined ? "of the answer:" : "of the answer to the request:", answer),
  ];
  return texts.flatMap((text, index) => row(index === 0 ? "Expect" : "", text, style));
}

/** The lines to write in the program that answers. */
export function formatSnippet({ snippet: found }: CheckReport, { colors }: Style): readonly string[] {
  if (found === undefined) return [];
  return [colors.dim(`  In ${found.title}:`), ...found.code.split("\n").map((line) => `    ${line}`.trimEnd())];
}

/** Commands stay on one line, however long: they are there to be copied. */
export function formatProof({ reproduction, verdict }: CheckReport, { colors }: Style): readonly string[] {
  const { curlPreflight, curlRequest, console: snippet } = reproduction;
  const command = (label: string, text: string): string => `  ${colors.dim(label.padEnd(labelWidth))} ${text}`;
  if (verdict === "unreached") return [command("Try", curlPreflight ?? curlRequest)];
  return [
    ...(curlPreflight === undefined ? [] : [command("Try", curlPreflight)]),
    command(curlPreflight === undefined ? "Try" : "", curlRequest),
    command("Console", snippet),
  ];
}

/** What each browser comes to, and for how long it keeps the preflight's answer. */
export function formatVerdicts({ engines, verdict, decidedBy, failure }: CheckReport, style: Style): readonly string[] {
  if (verdict === "unreached") return [];
  const browsers = engines.filter(({ engine }) => engine !== "standard");
  const standard = engines.find(({ engine }) => engine === "standard");
  const agree = browsers.every((one) => one.verdict === verdict);
  const basis = browsers.every((one) => one.basis === "preflight") ? ", as far as the preflight tells" : "";
  const text = agree ? `${verdict} in Chrome, Firefox and Safari${basis}` : browsers.map(one).join(", ");
  const differs =
    standard !== undefined && standard.verdict !== verdict ? `; the Fetch standard says ${standard.verdict}` : "";
  const by = decidedBy === "browsers" ? "" : `; decided by ${browserName(decidedBy)}`;
  const code = failure === undefined ? [] : row("Code", codes(failure.code, engines), style);
  return [...row("Verdict", `${text}${differs}${by}`, style), ...code, ...maxAge(engines, style)];
}

/** The real ones are engines, not brands: WebKit here is not Safari. */
const engineNames = { chromium: "Chromium", firefox: "Firefox", webkit: "WebKit" } as const;

/** The simulated browser and the real one, side by side. */
export function formatRealBrowser({ browser, engines }: CheckReport, style: Style): readonly string[] {
  if (browser === undefined) return [];
  const { engine, version, verdict, says, code, console: messages } = browser;
  const name = engineNames[engine];
  if (verdict === "not-asked") return row("Really", `${name} was not asked: ${says}`, style);
  const expected = engines.find((one) => one.engine === engine)?.verdict;
  const met = (expected === "allowed") === (verdict === "allowed") ? "as expected" : `and ${expected} was expected`;
  const written = code === undefined ? "" : ` (${code})`;
  return [
    ...row("Really", `${verdict} in ${name} ${version ?? ""}, ${met}: ${says}${written}`, style),
    ...messages.flatMap((message) => row("", `console: ${message}`, style)),
  ];
}

function one({ engine, verdict }: EngineVerdict): string {
  return `${verdict} in ${browserName(engine)}`;
}

/** The code, and which browsers call it otherwise. */
function codes(code: string, engines: readonly EngineVerdict[]): string {
  const others = engines.filter((engine) => engine.code !== undefined && engine.code !== code);
  if (others.length === 0) return code;
  return `${code} (${others.map((engine) => `${browserName(engine.engine)}: ${engine.code}`).join(", ")})`;
}

function maxAge(engines: readonly EngineVerdict[], style: Style): readonly string[] {
  const browsers = engines.filter(({ engine, maxAgeSeconds }) => engine !== "standard" && maxAgeSeconds !== undefined);
  if (browsers.length === 0) return [];
  const seconds = new Set(browsers.map(({ maxAgeSeconds }) => maxAgeSeconds));
  const text =
    seconds.size === 1
      ? `${[...seconds][0]} s in every browser`
      : browsers.map(({ engine, maxAgeSeconds }) => `${maxAgeSeconds} s in ${browserName(engine)}`).join(", ");
  return row("Kept", `the preflight's answer, for ${text}`, style);
}

/** Columns of the label of a row. */
const labelWidth = 9;

/** A row of the report: its label, and a text that is wrapped beside it. */
export function row(label: string, text: string, style: Style, color?: (text: string) => string): readonly string[] {
  return labelled(`  ${label.padEnd(labelWidth)} `, text, style, color && { color });
}
