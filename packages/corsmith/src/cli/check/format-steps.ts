import { printable } from "@corsmith/cors/observe";
import type { Comparison } from "../../check/check-finding.ts";
import type { CheckReport, EngineVerdict } from "../../check/check-report.ts";
import { browserNames } from "../../check/headline.ts";
import type { CheckStep } from "../../check/report-steps.ts";
import { row } from "../../terminal/report.ts";
import { type Style, wrapText } from "../../terminal/wrap-text.ts";

const stepWidth = 20;

/** How the browser came to its verdict, step by step. */
export function formatSteps({ steps: all, failure, diagnosis }: CheckReport, style: Style): readonly string[] {
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

/** The failures whose message begins with "The preflight". */
const namesPreflight: ReadonlySet<string> = new Set(["preflight-redirect", "preflight-status-not-ok"]);

/** What would fail after that, once it is fixed. */
export function formatNext(
  { next: failures, passesThen, verdict, request: { url: first } }: CheckReport,
  style: Style,
): readonly string[] {
  if (verdict !== "blocked" || (failures.length === 0 && !passesThen)) return [];
  const { colors, width } = style;
  if (failures.length === 0) return [`     ${colors.dim("With that fixed, nothing else stands in the way.")}`];
  const indent = "       - ";
  const list = failures.flatMap(({ at, code, message, url }) => {
    const place = url === undefined || url === first ? "" : `${printable(url, 200)}: `;
    const where = at === "preflight" && !namesPreflight.has(code) ? "preflight: " : "";
    return wrapText(`${place}${where}${message}`, width - indent.length).map((line, row) =>
      row === 0 ? `${indent}${line}` : `${" ".repeat(indent.length)}${line}`,
    );
  });
  return [`     ${colors.dim("Fixing that is not enough. These would fail next:")}`, ...list];
}

const indent = "     ";
/** Columns of the common beginning that are kept where the texts are long. */
const lead = 30;

/** The two texts below each other, and a caret under the first byte in which they differ. */
function formatComparison({ found, expected, firstDifference }: Comparison, { width, colors }: Style): string[] {
  const most = width - indent.length - 24;
  const from = firstDifference > most - 10 ? firstDifference - lead : 0;
  const cut = (text: string): string => {
    const part = text.slice(from, from + most);
    return `${from > 0 ? "…" : ""}${part}${text.length > from + most ? "…" : ""}`;
  };
  const left = [cut(found), cut(expected)].map((text) => `"${text}"`);
  const column = Math.max(...left.map((text) => text.length)) + 2;
  const caret = 1 + (from > 0 ? 1 : 0) + firstDifference - from;
  return [
    `${indent}${colors.red((left[0] ?? "").padEnd(column))}${colors.dim("the server's")}`,
    `${indent}${colors.green((left[1] ?? "").padEnd(column))}${colors.dim("what the browser needs")}`,
    `${indent}${" ".repeat(caret)}^`,
  ];
}

/** What each browser comes to, and for how long it keeps the preflight's answer. */
export function formatVerdicts({ engines, verdict, decidedBy, failure }: CheckReport, style: Style): readonly string[] {
  if (verdict === "unreached") return [];
  const browsers = engines.filter(({ engine }) => engine !== "standard");
  const standard = engines.find(({ engine }) => engine === "standard");
  const agree = browsers.every((one) => one.verdict === verdict);
  const basis = browsers.every((one) => one.basis === "preflight") ? ", as far as the preflight shows" : "";
  const text = agree
    ? `${verdict} in Chrome, Firefox and Safari${basis}`
    : browsers.map((one) => `${one.verdict} in ${browserNames[one.engine]}`).join(", ");
  const differs =
    standard !== undefined && standard.verdict !== verdict ? `; the Fetch standard says ${standard.verdict}` : "";
  const by = decidedBy === "browsers" ? "" : `; decided by ${browserNames[decidedBy]}`;
  const code = failure === undefined ? [] : row("Failure", codes(failure.code, engines), style);
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

/** The code, and which browsers have another. */
function codes(code: string, engines: readonly EngineVerdict[]): string {
  const others = engines.filter((engine) => engine.code !== undefined && engine.code !== code);
  if (others.length === 0) return code;
  return `${code} (${others.map((engine) => `${browserNames[engine.engine]}: ${engine.code}`).join(", ")})`;
}

function maxAge(engines: readonly EngineVerdict[], style: Style): readonly string[] {
  const browsers = engines.filter(({ engine, maxAgeSeconds }) => engine !== "standard" && maxAgeSeconds !== undefined);
  if (browsers.length === 0) return [];
  const seconds = new Set(browsers.map(({ maxAgeSeconds }) => maxAgeSeconds));
  const text =
    seconds.size === 1
      ? `${[...seconds][0]} s in every browser`
      : browsers.map(({ engine, maxAgeSeconds }) => `${maxAgeSeconds} s in ${browserNames[engine]}`).join(", ");
  return row("Kept", `the preflight response, for ${text}`, style);
}
