import type { Output } from "./terminal.ts";

/** Breaks a text into lines of at most `width` columns, between words; a longer word has its own line. Line breaks in the text stay. */
export function wrapText(text: string, width: number): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let current = "";
    for (const word of line.split(" ")) {
      if (current !== "" && current.length + 1 + word.length > width) {
        lines.push(current);
        current = word;
      } else {
        current = current === "" ? word : `${current} ${word}`;
      }
    }
    return [...lines, current];
  });
}

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
