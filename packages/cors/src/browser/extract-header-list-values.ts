import { isToken } from "../http/token.ts";
import { type HeaderList, headerLines } from "./header-list.ts";

/** Null: no such header. `failure`: a line does not fit the header's grammar. */
export type ExtractedList = readonly string[] | "failure" | null;

/**
 * The members of a header whose grammar is a list of tokens: `Access-Control-Allow-Methods`, `-Allow-Headers`, `-Expose-Headers`.
 * Each line is parsed for itself; empty members are passed over; one bad member spoils the whole header.
 *
 * @param lowerName in lower case
 * @see https://fetch.spec.whatwg.org/#extract-header-list-values
 */
export function extractHeaderListValues(lowerName: string, list: HeaderList): ExtractedList {
  const lines = headerLines(list, lowerName);
  if (lines.length === 0) return null;
  const values: string[] = [];
  for (const line of lines) {
    for (const part of line.split(",")) {
      const member = trimBlanks(part);
      if (member === "") continue;
      if (!isToken(member)) return "failure";
      values.push(member);
    }
  }
  return values;
}

function trimBlanks(text: string): string {
  return text.replace(/^[\t ]+|[\t ]+$/g, "");
}
