import type { DocumentedCode, FenceFault } from "./documented-code.ts";

const opening = /^(?<indent>\s*)(?<marks>`{3,}|~{3,})\s*(?<language>[^\s`]*)[ \t]*(?<words>[^`]*)$/;

/** Reads the fences marked `ts` of a Markdown text; every other one is passed over, whatever it holds. */
export function readFences(file: string, markdown: string): readonly (DocumentedCode | FenceFault)[] {
  const lines = markdown.split(/\r?\n/);
  const found: (DocumentedCode | FenceFault)[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const groups = opening.exec(lines[index] ?? "")?.groups;
    if (groups === undefined) continue;
    const { indent = "", marks = "", language = "", words = "" } = groups;
    const end = closingLine(lines, index, marks);
    const body = lines
      .slice(index + 1, end)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
    const piece = toPiece(file, index + 1, language, words.trim(), body.join("\n"));
    if (piece !== undefined) found.push(piece);
    index = end;
  }
  return found;
}

function closingLine(lines: readonly string[], start: number, marks: string): number {
  const end = lines.findIndex(
    (line, index) => index > start && line.trim().startsWith(marks) && /^(`+|~+)$/.test(line.trim()),
  );
  return end === -1 ? lines.length : end;
}

function toPiece(
  file: string,
  line: number,
  language: string,
  words: string,
  code: string,
): DocumentedCode | FenceFault | undefined {
  if (/^(typescript|mts|cts|tsx)$/.test(language))
    return { file, line, fault: `mark the fence "ts", not "${language}"` };
  if (language !== "ts") return undefined;
  if (words !== "" && words !== "no-run") {
    return { file, line, fault: `"ts ${words}": the only word after "ts" is "no-run"` };
  }
  return { file, line: line + 1, code, run: words === "" };
}
