import type { Comparison } from "../../check/compare-bytes.ts";
import type { Style } from "../labelled.ts";

const indent = "     ";
/** So much of the common beginning is left where the texts are long. */
const lead = 30;

/** The two texts below each other, and a caret under the first byte in which they differ. */
export function formatComparison({ found, expected, firstDifference }: Comparison, { width, colors }: Style): string[] {
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
