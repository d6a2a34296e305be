import { labelled, type Style, wrapText } from "./wrap-text.ts";

/** Columns of the label of a row. */
export const labelWidth = 9;

/** A row of a report: its label, and a text that is wrapped beside it. */
export function row(label: string, text: string, style: Style, color?: (text: string) => string): readonly string[] {
  return labelled(`  ${label.padEnd(labelWidth)} `, text, style, color && { color });
}

/** A command stays on one line, however long: it is there to be copied. */
export function commandRow(label: string, command: string, { colors }: Style): string {
  return `  ${colors.dim(label.padEnd(labelWidth))} ${command}`;
}

/** The first lines of a report, in bold. */
export function headline(text: string, isGood: boolean, { width, colors }: Style): readonly string[] {
  const color = isGood ? colors.green : colors.red;
  return wrapText(text, width).map((line) => color(colors.bold(line)));
}

/** Sections of lines, with an empty line between them; empty ones are left out. */
export function joinSections(sections: readonly (readonly string[])[]): string {
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}

/** `5 requests (4 GET, 1 OPTIONS)`. */
export function countRequests(byMethod: Readonly<Record<string, number>>): string {
  const counts = Object.entries(byMethod).map(([method, count]) => `${count} ${method}`);
  const total = Object.values(byMethod).reduce((sum, count) => sum + count, 0);
  return `${total} request${total === 1 ? "" : "s"} (${counts.join(", ")})`;
}
