import { type PageRequest, PasteError, toPageRequest } from "./pasted-request.ts";
import { readCurl } from "./read-curl.ts";
import { readFetch } from "./read-fetch.ts";
import { shellWords } from "./shell-words.ts";

/** Does this look like something that was copied from a browser, and not like a URL? */
export function isPasted(text: string): boolean {
  return /^\s*\$?\s*curl(?:\.exe)?\s/.test(text) || /\bfetch\s*\(/.test(text);
}

/** Its quotes are escaped with carets, or its lines go on with them. */
const isOfWindows = /^\s+(?:\^"|"[^"]*"\s*\^\r?\n)/;

/**
 * Reads a request that was copied from a browser's Network tab: "Copy as cURL (bash)" or "Copy as fetch".
 *
 * @throws PasteError
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
