/**
 * Which lines of a page's `text` block are not true of what was really written. Each line must occur somewhere; `…` stands for any text
 * on the way, white space of any kind is one space (a terminal wraps where it likes), and `(no X)` says that X occurs nowhere.
 */
export function missingLines(expected: string, written: string): readonly string[] {
  const text = oneSpaced(written);
  return expected
    .split("\n")
    .filter((line) => line.trim() !== "")
    .filter((line) => !holds(line.trim(), text));
}

function holds(line: string, text: string): boolean {
  const absent = /^\(no (?<what>.+)\)$/.exec(line)?.groups?.["what"];
  if (absent !== undefined) return !text.toLowerCase().includes(oneSpaced(absent).toLowerCase());
  const parts = line.split("…").map((part) => escaped(oneSpaced(part)));
  return new RegExp(parts.join(".*?")).test(text);
}

function oneSpaced(text: string): string {
  return text.replace(/\s+/g, " ");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
