import { printable } from "@corsmith/cors/observe";
import type { CheckReport, EngineVerdict } from "../../check/check-report.ts";
import { shellQuoted } from "../../check/curl-line.ts";
import { browserName } from "../../check/headline.ts";
import type { CheckStep } from "../../check/told-steps.ts";
import type { Unreached } from "../../check/unreached.ts";
import type { Warning } from "../../check/warning.ts";
import { labelled, type Style } from "../labelled.ts";
import { wrapText } from "../wrap-text.ts";
import { formatComparison } from "./format-comparison.ts";

const labelWidth = 9;
const stepWidth = 20;

/** The report as people read it: the verdict and its reason first, then how it came to it, what to do, and how to see it oneself. */
export function formatCheck(report: CheckReport, style: Style): string {
  const sections = [
    [headline(report, style), ...warnings(report.warnings.filter(isCritical), style)],
    request(report, style),
    steps(report, style),
    next(report, style),
    [
      ...verdicts(report, style),
      ...realBrowser(report, style),
      ...reasons(report, style),
      ...fixes(report, style),
      ...more(report, style),
    ],
    [...expectation(report, style), ...proof(report, style)],
    snippet(report, style),
    [
      ...warnings(
        report.warnings.filter((warning) => !isCritical(warning)),
        style,
      ),
      ...sent(report, style),
    ],
  ];
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}

function headline({ verdict, headline: text }: CheckReport, { width, colors }: Style): string {
  const color = verdict === "allowed" ? colors.green : colors.red;
  return wrapText(text, width)
    .map((line) => color(colors.bold(line)))
    .join("\n");
}

function request(
  { request: { method, url, origin, headers, credentials } }: CheckReport,
  style: Style,
): readonly string[] {
  const names = headers.map(([name, value]) => printable(`${name}: ${value}`, 120));
  const extras = [...names, ...(credentials ? ["credentials included"] : [])];
  return [
    ...row("Page", printable(origin, 200), style),
    ...row("Request", `${printable(method, 40)} ${printable(url, 400)}`, style),
    ...(extras.length === 0 ? [] : row("", extras.join(", "), style)),
  ];
}

function steps({ steps: all, failure, diagnosis }: CheckReport, style: Style): readonly string[] {
  const lines = all.flatMap((step) => formatStep(step, style));
  if (failure === undefined) return lines;
  const comparison = diagnosis?.comparison;
  return [...lines, ...(comparison === undefined ? [] : ["", ...formatComparison(comparison, style)])];
}

function formatStep({ number, what, result, says }: CheckStep, { width, colors }: Style): readonly string[] {
  const head = `${String(number).padStart(3)}  ${what.padEnd(stepWidth)} `;
  const marks = {
    done: "",
    passed: colors.green("yes  "),
    failed: colors.red("NO   "),
    unknown: colors.yellow("?    "),
  };
  const markWidth = result === "done" ? 0 : 5;
  const indent = head.length + markWidth;
  return wrapText(says, width - indent).map((line, index) =>
    index === 0 ? `${head}${marks[result]}${line}` : `${" ".repeat(indent)}${line}`,
  );
}

function next(
  { next: failures, passesThen, verdict, request: { url: first } }: CheckReport,
  style: Style,
): readonly string[] {
  if (verdict !== "blocked" || (failures.length === 0 && !passesThen)) return [];
  const { colors, width } = style;
  if (failures.length === 0) return [`     ${colors.dim("With that mended, nothing else stands in the way.")}`];
  const indent = "       - ";
  const list = failures.flatMap(({ at, message, url }) => {
    const place = url === undefined || url === first ? "" : `${printable(url, 200)}: `;
    const where = at === "preflight" && !message.startsWith("The preflight") ? "preflight: " : "";
    return wrapText(`${place}${where}${message}`, width - indent.length).map((line, row) =>
      row === 0 ? `${indent}${line}` : `${" ".repeat(indent.length)}${line}`,
    );
  });
  return [`     ${colors.dim("That alone is not enough. With it mended, the next to fail:")}`, ...list];
}

function verdicts({ engines, verdict, decidedBy, failure }: CheckReport, style: Style): readonly string[] {
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
function realBrowser({ browser, engines }: CheckReport, style: Style): readonly string[] {
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

function reasons({ diagnosis, unreached }: CheckReport, style: Style): readonly string[] {
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

function fixes({ fixes: all }: CheckReport, style: Style): readonly string[] {
  return all.flatMap(({ who, what }, index) =>
    row(index === 0 ? "Fix" : "or", `${who}: ${what}`, style, style.colors.green),
  );
}

/** Where to read on. */
function more(
  { diagnosis, unreached, request: { origin, method } }: CheckReport,
  { colors }: Style,
): readonly string[] {
  const code = diagnosis?.code ?? (unreached === undefined ? undefined : codeOf[unreached.kind]);
  if (code === undefined) return [];
  const known = [`--origin ${shellQuoted(origin)}`, ...(method === "GET" ? [] : [`--method ${shellQuoted(method)}`])];
  return [`  ${colors.dim("More".padEnd(labelWidth))} corsmith explain ${[code, ...known].join(" ")}`];
}

/** Under which code the catalogue has what keeps an answer away. */
const codeOf: Readonly<Record<Unreached["kind"], string>> = {
  refused: "server-down",
  unreachable: "server-down",
  name: "dns-failure",
  timeout: "connection-broken",
  broken: "connection-broken",
  certificate: "tls-failure",
  tls: "tls-failure",
  other: "opaque-network-error",
};

function expectation({ verdict, expectation: wanted, failure }: CheckReport, style: Style): readonly string[] {
  if (verdict !== "blocked" || failure?.at === "nothing") return [];
  const { preflight, answer } = wanted;
  const list = (title: string, lines: readonly string[]): string[] => [title, ...lines.map((line) => `  ${line}`)];
  const texts = [
    ...(preflight === undefined ? [] : list("of OPTIONS:", preflight)),
    ...list(preflight === undefined ? "of the answer:" : "of the answer to the request:", answer),
  ];
  return texts.flatMap((text, index) => row(index === 0 ? "Expect" : "", text, style));
}

function snippet({ snippet: found }: CheckReport, { colors }: Style): readonly string[] {
  if (found === undefined) return [];
  return [colors.dim(`  In ${found.title}:`), ...found.code.split("\n").map((line) => `    ${line}`.trimEnd())];
}

/** Commands stay on one line, however long: they are there to be copied. */
function proof({ reproduction, verdict }: CheckReport, { colors }: Style): readonly string[] {
  const { curlPreflight, curlRequest, console: snippet } = reproduction;
  const command = (label: string, text: string): string => `  ${colors.dim(label.padEnd(labelWidth))} ${text}`;
  if (verdict === "unreached") return [command("Try", curlPreflight ?? curlRequest)];
  return [
    ...(curlPreflight === undefined ? [] : [command("Try", curlPreflight)]),
    command(curlPreflight === undefined ? "Try" : "", curlRequest),
    command("Console", snippet),
  ];
}

function warnings(all: readonly Warning[], style: Style): readonly string[] {
  const { colors } = style;
  return all.flatMap(({ id, severity, says, fix }) => {
    const color =
      severity === "info" ? colors.dim : severity === "critical" || severity === "high" ? colors.red : colors.yellow;
    return [...row(severity === "critical" ? "DANGER" : capital(severity), `${says} ${fix} [${id}]`, style, color)];
  });
}

/** What must not be read last. */
function isCritical({ severity }: Warning): boolean {
  return severity === "critical";
}

function sent({ sentByMethod, sent: all }: CheckReport, style: Style): readonly string[] {
  const counts = Object.entries(sentByMethod).map(([method, count]) => `${count} ${printable(method, 20)}`);
  const total = all.length;
  if (total === 0) return row("Sent", "nothing: a browser would not send it either", style);
  const unsafe = Object.keys(sentByMethod).some((method) => !/^(?:GET|HEAD|OPTIONS)$/.test(method));
  const note = unsafe ? "as --send asked" : "nothing that could change data";
  return row("Sent", `${total} request${total === 1 ? "" : "s"} (${counts.join(", ")}), ${note}`, style);
}

function row(label: string, text: string, style: Style, color?: (text: string) => string): readonly string[] {
  return labelled(`  ${label.padEnd(labelWidth)} `, text, style, color && { color });
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
