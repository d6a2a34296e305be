/** Replaces code in a Markdown text, which is no Markdown, by nothing; lines stay where they are. */
export function blankCode(markdown: string, { inline = true }: { readonly inline?: boolean } = {}): string {
  const withoutFences = markdown.replaceAll(/^([ \t]*)(`{3,}|~{3,})[\s\S]*?^[ \t]*\2[`~]*[ \t]*$/gm, emptyLines);
  return inline
    ? withoutFences.replaceAll(/(?<!`)(`+)(?!`)(?:(?!\n\s*\n)[\s\S])*?[^`]\1(?!`)/g, emptyLines)
    : withoutFences;
}

function emptyLines(text: string): string {
  return text.replaceAll(/[^\n]/g, "");
}
