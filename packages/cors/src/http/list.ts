import { isTokenByte, isUpperCase } from "./token.ts";

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
  let at = endOfSeparators(line, 0);
  while (at < line.length) {
    if (names.length === maxListNames) return "too-many";
    let end = at;
    let upperCase = false;
    for (; end < line.length; end += 1) {
      const byte = line.charCodeAt(end);
      if (!isTokenByte(byte)) break;
      upperCase ||= isUpperCase(byte);
    }
    const next = endOfSpace(line, end);
    if (end === at || (next < line.length && line.charCodeAt(next) !== comma)) return "invalid-name";
    const name = line.slice(at, end);
    // Browsers send lower case; to ask for a lower-case copy costs as much as to make one.
    names.push(upperCase ? name.toLowerCase() : name);
    at = endOfSeparators(line, next);
  }
  return undefined;
}

function endOfSeparators(line: string, start: number): number {
  let end = start;
  while (end < line.length && (line.charCodeAt(end) === comma || isSpace(line.charCodeAt(end)))) end += 1;
  return end;
}

function endOfSpace(line: string, start: number): number {
  let end = start;
  while (end < line.length && isSpace(line.charCodeAt(end))) end += 1;
  return end;
}

function isSpace(code: number): boolean {
  return code === space || code === tab;
}

/** Which names are allowed. */
export interface NameSet {
  readonly has: (name: string) => boolean;
}

/** Beyond this number, a hash is quicker than to compare. */
const fewNames = 64;

/**
 * Compiles names to be looked up. A few are compared one by one, those of the same length only: a request's names are new strings, and to
 * hash one costs more than to compare it with the one or two that are as long.
 */
export function compileNames(names: readonly string[]): NameSet {
  if (names.length > fewNames) return new Set(names);
  const byLength: string[][] = [];
  for (const name of names) byLength[name.length] = [...(byLength[name.length] ?? []), name];
  return { has: (name) => byLength[name.length]?.includes(name) === true };
}
