import type { Output } from "./terminal.ts";
import { wrapText } from "./wrap-text.ts";

/** What a formatter needs to know of where it writes. */
export type Style = Pick<Output, "width" | "colors">;

interface LabelledOptions {
  /** Stands before the first line of the text; the other lines begin under what follows it. */
  readonly lead?: string;
  readonly color?: (text: string) => string;
}

/** A text behind its label, wrapped so that all of its lines begin under each other. `label` comes padded to its column. */
export function labelled(
  label: string,
  text: string,
  { width, colors }: Style,
  { lead = "", color = String }: LabelledOptions = {},
): readonly string[] {
  return wrapText(text, width - label.length - lead.length).map((line, index) => {
    const [head, before] = index === 0 ? [label, lead] : ["".padEnd(label.length), "".padEnd(lead.length)];
    return `${colors.dim(head)}${color(`${before}${line}`)}`;
  });
}
