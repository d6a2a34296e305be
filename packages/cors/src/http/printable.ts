/**
 * Makes text from outside safe to print and to keep: at most `maxLength` characters of it, everything but printable ASCII as
 * `\xNN` or `\uNNNN`, so that no line can be forged and no terminal be steered. A backslash is written double, so that what was
 * escaped and what was sent stay apart.
 */
export function printable(text: string, maxLength: number): string {
  const capped = text.length > maxLength ? `${text.slice(0, maxLength)}...` : text;
  return capped.replace(/[^\x20-\x5b\x5d-\x7e]/g, escapeOne);
}

function escapeOne(character: string): string {
  if (character === "\\") return "\\\\";
  const code = character.charCodeAt(0);
  return code > 0xff ? `\\u${code.toString(16).padStart(4, "0")}` : `\\x${code.toString(16).padStart(2, "0")}`;
}
