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
