import { isTokenByte } from "./token.ts";

/** Why a list of names was not read. */
export type ListFault = "invalid-name" | "too-long" | "too-many";

/** The names of a list in lower case and in the order in which they stand, or why there are none. */
export type NameList = { readonly names: readonly string[] } | { readonly fault: ListFault };

/**
 * The most bytes that a list of header names may have, all its lines together. Browsers send a few hundred; a page that names every
 * header of every SDK known to us stays under 2,000.
 */
export const maxListBytes = 8192;

/** The most names that a list may have. */
export const maxListNames = 256;

const noNames: NameList = { names: [] };
const space = 0x20;
const tab = 0x09;
const comma = 0x2c;

/**
 * Reads `Access-Control-Request-Headers` as a list of header names: spaces, tabs and empty members are passed over, several lines are
 * one list. One pass over the bytes; nothing is allocated for a comma or a space; over the caps nothing is read at all.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
 */
export function parseNameList(lines: string | readonly string[] | undefined): NameList {
  if (lines === undefined || lines === "") return noNames;
  if (typeof lines !== "string") return parseLines(lines);
  if (lines.length > maxListBytes) return { fault: "too-long" };
  const names: string[] = [];
  const fault = readNames(lines, names);
  return fault === undefined ? { names } : { fault };
}

function parseLines(lines: readonly string[]): NameList {
  let bytes = 0;
  for (const line of lines) bytes += line.length;
  if (bytes > maxListBytes) return { fault: "too-long" };
  const names: string[] = [];
  for (const line of lines) {
    const fault = readNames(line, names);
    if (fault !== undefined) return { fault };
  }
  return { names };
}

/** Adds the names of one line to `names`; returns the fault that ended it. */
function readNames(line: string, names: string[]): ListFault | undefined {
  let start = 0;
  for (let index = 0; index <= line.length; index += 1) {
    if (index < line.length && line.charCodeAt(index) !== comma) continue;
    const end = trimEnd(line, start, index);
    const begin = trimStart(line, start, end);
    start = index + 1;
    if (begin === end) continue;
    if (names.length === maxListNames) return "too-many";
    for (let at = begin; at < end; at += 1) {
      if (!isTokenByte(line.charCodeAt(at))) return "invalid-name";
    }
    names.push(line.slice(begin, end).toLowerCase());
  }
  return undefined;
}

function trimStart(line: string, start: number, end: number): number {
  let index = start;
  while (index < end && isSpace(line.charCodeAt(index))) index += 1;
  return index;
}

function trimEnd(line: string, start: number, end: number): number {
  let index = end;
  while (index > start && isSpace(line.charCodeAt(index - 1))) index -= 1;
  return index;
}

function isSpace(code: number): boolean {
  return code === space || code === tab;
}
