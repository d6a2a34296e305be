import { type PageRequest, PasteError, toPageRequest } from "./pasted-request.ts";
import { readCurl } from "./read-curl.ts";
import { readFetch } from "./read-fetch.ts";

/** Does this look like something that was copied from a browser, and not like a URL? */
export function isPasted(text: string): boolean {
  return /^\s*\$?\s*curl(?:\.exe)?\s/.test(text) || /\bfetch\s*\(/.test(text);
}

/** Its quotes are escaped with carets, or its lines go on with them. */
const isOfWindows = /^\s+(?:\^"|"[^"]*"\s*\^\r?\n)/;

/**
 * Reads a request that was copied from a browser's Network tab: "Copy as cURL (bash)" or "Copy as fetch".
 *
 * @throws {PasteError}
 */
export function readPasted(text: string): PageRequest {
  const command = /^\s*\$?\s*curl(?:\.exe)?(?=\s)(?<rest>[\s\S]*)$/.exec(text)?.groups?.["rest"];
  if (command !== undefined && isOfWindows.test(command)) {
    throw new PasteError(
      "This curl line is written for the Windows command prompt.",
      'Copy it again: in the Network tab, "Copy as cURL (bash)".',
    );
  }
  if (command !== undefined) return readCurlWords(shellWords(command));
  if (/\bfetch\s*\(/.test(text)) return toPageRequest(readFetch(text));
  throw new PasteError(
    "This is neither a curl command nor a call of fetch().",
    'In the Network tab, right-click the request: "Copy as cURL (bash)" or "Copy as fetch".',
  );
}

/** Reads a curl command that a shell has split already. */
export function readCurlWords(words: readonly string[]): PageRequest {
  // What stands behind a pipe or a second command is no part of it.
  const end = words.findIndex((word) => /^(?:\||&&|;)$/.test(word));
  return toPageRequest(readCurl(end < 0 ? words : words.slice(0, end)));
}

/** One piece of a bash command: a quoted text, an escaped character, or plain text. */
const piece =
  /\\\r?\n|\$'(?<ansi>(?:[^\\']|\\[\s\S])*)'|'(?<single>[^']*)'|\$?"(?<double>(?:[^"\\]|\\[\s\S])*)"|\\(?<escaped>[\s\S])|(?<plain>[^\s'"\\]+)|(?<space>\s+)/y;

const simpleEscapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  v: "\v",
};

/**
 * Splits a command that a browser copied "as cURL (bash)" into its words. Knows the quotes of bash, `$'…'` included; nothing is expanded
 * or run.
 *
 * @throws {PasteError} if a quote is never closed
 */
export function shellWords(command: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  piece.lastIndex = 0;
  while (piece.lastIndex < command.length) {
    const match = piece.exec(command);
    if (match === null) throw new PasteError("A quote in this command is never closed.", "Copy the whole command.");
    const groups = match.groups ?? {};
    const text = textOf(groups);
    if (text !== undefined) word = (word ?? "") + text;
    else if (groups["space"] !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** What a piece stands for; undefined for white space, and for a line that goes on. */
function textOf(piece: Readonly<Record<string, string | undefined>>): string | undefined {
  const { ansi, single, double, escaped, plain } = piece;
  if (ansi !== undefined) return unescapeAnsi(ansi);
  if (double !== undefined) return double.replaceAll(/\\(?:\r?\n|(?<char>[$`"\\!]))/g, "$<char>");
  return single ?? escaped ?? plain;
}

function unescapeAnsi(text: string): string {
  const sequence =
    /\\(?:x(?<hex>[\da-f]{1,2})|u(?<unicode>[\da-f]{1,4})|U(?<long>[\da-f]{1,8})|(?<octal>[0-7]{1,3})|(?<char>[\s\S]))/gi;
  return text.replaceAll(sequence, (...found) => {
    const { hex, unicode, long, octal, char = "" } = found.at(-1) as Readonly<Record<string, string | undefined>>;
    const digits = hex ?? unicode ?? long;
    if (digits !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(digits, 16), 0x10_ff_ff));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    return simpleEscapes[char] ?? char;
  });
}
