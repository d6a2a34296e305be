/** A fenced block of a page. */
export interface Block {
  /** The line of its opening fence, from 1. */
  readonly line: number;
  /** What stands behind the fence: `sh`, and the words after it. */
  readonly language: string;
  readonly words: string;
  readonly text: string;
}

const opening = /^(?<marks>`{3,}|~{3,})(?<language>[^\s`]*)[ \t]*(?<words>[^`]*)$/;

/** The fenced blocks of a Markdown text, in order. Throws where one is never closed. */
export function readBlocks(markdown: string): readonly Block[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const { marks, language = "", words = "" } = opening.exec(lines[index] ?? "")?.groups ?? {};
    if (marks === undefined) continue;
    const end = lines.indexOf(marks, index + 1);
    if (end < 0) throw new Error(`line ${index + 1}: the block is never closed`);
    const text = lines.slice(index + 1, end).join("\n");
    blocks.push({ line: index + 1, language, words: words.trim(), text });
    index = end;
  }
  return blocks;
}
