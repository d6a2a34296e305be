/** Makes text that a stranger chose safe to print: control characters and bytes beyond ASCII as `\xNN`, and no longer than `most`. */
export function printable(text: string, most: number): string {
  const capped = text.length > most ? `${text.slice(0, most)}…` : text;
  return capped.replace(/[^\x20-\x7e…]/g, escapeOne);
}

function escapeOne(character: string): string {
  const code = character.charCodeAt(0);
  return code > 0xff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\x${code.toString(16).padStart(2, "0")}`;
}
