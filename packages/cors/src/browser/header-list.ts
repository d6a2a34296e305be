import { isToken } from "../http/token.ts";

/** One header line: its name in the case in which it was written, and its value as one char a byte. @see https://fetch.spec.whatwg.org/#concept-header */
export type Header = readonly [name: string, value: string];

/** Header lines in order, duplicates kept apart. @see https://fetch.spec.whatwg.org/#concept-header-list */
export type HeaderList = readonly Header[];

function isNamed(header: Header, lowerName: string): boolean {
  const name = header[0];
  return name === lowerName || (name.length === lowerName.length && name.toLowerCase() === lowerName);
}

/** Does the list contain a header of this name? @see https://fetch.spec.whatwg.org/#header-list-contains */
export function containsHeader(list: HeaderList, lowerName: string): boolean {
  return list.some((header) => isNamed(header, lowerName));
}

/** The values of all lines of this name, in order. */
export function headerLines(list: HeaderList, lowerName: string): readonly string[] {
  const values: string[] = [];
  for (const header of list) if (isNamed(header, lowerName)) values.push(header[1]);
  return values;
}

/**
 * The values of all lines of this name joined by a comma and a space; null if there is none.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function getHeader(list: HeaderList, lowerName: string): string | null {
  const values = headerLines(list, lowerName);
  return values.length === 0 ? null : values.join(", ");
}

/** The list without the lines of this name. @see https://fetch.spec.whatwg.org/#concept-header-list-delete */
export function deleteHeader(list: HeaderList, lowerName: string): HeaderList {
  return list.filter((header) => !isNamed(header, lowerName));
}

/** Lower-case names, each once, in byte order. @see https://fetch.spec.whatwg.org/#convert-header-names-to-a-sorted-lowercase-set */
export function sortedLowercaseSet(names: readonly string[]): readonly string[] {
  if (names.length === 0) return names;
  return [...new Set(names.map((name) => name.toLowerCase()))].sort();
}

/** The value without the whitespace around it. @see https://fetch.spec.whatwg.org/#concept-header-value-normalize */
export function normalizeHeaderValue(value: string): string {
  // Nearly every value has no whitespace around it.
  if (value.charCodeAt(0) > 0x20 && value.charCodeAt(value.length - 1) > 0x20) return value;
  return value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
}

/** Headers by which a script asks for an answer only if it is another one than it has. @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch */
export const conditionalHeaders: readonly string[] = [
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "if-match",
  "if-range",
];

/** Is one of them in the list? */
export function isConditional(headers: HeaderList): boolean {
  return headers.some(([name]) => name.length >= 8 && conditionalHeaders.includes(name.toLowerCase()));
}

/** Null: no such header. `failure`: a line does not fit the header's grammar. */
export type ExtractedList = readonly string[] | "failure" | null;

/**
 * The members of a header whose grammar is a list of tokens: `Access-Control-Allow-Methods`, `-Allow-Headers`, `-Expose-Headers`.
 * Each line is parsed separately; empty members are ignored; one bad member invalidates the whole header.
 *
 * @see https://fetch.spec.whatwg.org/#extract-header-list-values
 */
export function extractHeaderListValues(lowerName: string, list: HeaderList): ExtractedList {
  const lines = headerLines(list, lowerName);
  if (lines.length === 0) return null;
  const values: string[] = [];
  for (const line of lines) {
    for (const part of line.split(",")) {
      const member = part.replace(/^[\t ]+|[\t ]+$/g, "");
      if (member === "") continue;
      if (!isToken(member)) return "failure";
      values.push(member);
    }
  }
  return values;
}
