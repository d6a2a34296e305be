import { printable } from "@corsmith/cors/observe";
import type { Comparison } from "../../check/check-finding.ts";
import type { CheckReport } from "../../check/check-report.ts";
import type { CheckStep } from "../../check/report-steps.ts";
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

/** What would fail after that, once it is mended. */
export function formatNext(
  { next: failures, passesThen, verdict, request: { url: first } }: CheckReport,
  style: Style,
): readonly string[] {
  if (verdict !== "blocked" || (failures.length === 0 && !passesThen)) return [];
  const { colors, width } = style;
  if (failures.length === 0) return [`     ${colors.dim("With that mended, nothing else stands in the way.")}`];
  const indent = "       - ";
  const list = failures.flatMap(({ at, code, message, url }) => {
    const place = url === undefined || url === first ? "" : `${printable(url, 200)}: `;
    const where = at === "preflight" && !namesPreflight.has(code) ? "preflight: " : "";
    return wrapText(`${place}${where}${message}`, width - indent.length).map((line, row) =>
      row === 0 ? `${indent}${line}` : `${" ".repeat(indent.length)}${line}`,
    );
  });
  return [`     ${colors.dim("That alone is not enough. With it mended, the next to fail:")}`, ...list];
}

const indent = "     ";
/** So much of the common beginning is left where the texts are long. */
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
