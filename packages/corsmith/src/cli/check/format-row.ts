import { labelled, type Style } from "../labelled.ts";

/** Columns of the label of a row. */
export const labelWidth = 9;

/** A row of the report: its label, and a text that is wrapped beside it. */
export function row(label: string, text: string, style: Style, color?: (text: string) => string): readonly string[] {
  return labelled(`  ${label.padEnd(labelWidth)} `, text, style, color && { color });
}
