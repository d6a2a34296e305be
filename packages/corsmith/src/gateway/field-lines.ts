/** What was sent under one name: nothing, one line, or several. */
export type FieldLines = string | string[] | undefined;

/** Adds a line. */
export function addLine(lines: FieldLines, value: string): FieldLines {
  if (lines === undefined) return value;
  return typeof lines === "string" ? [lines, value] : [...lines, value];
}

/** The value of a list field whose lines may be joined. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.3 */
export function joinLines(lines: FieldLines): string | undefined {
  return Array.isArray(lines) ? lines.join(", ") : lines;
}

/** Is `member`, in lower case, in a comma list? Parameters of a member (`;q=1`) are left aside. */
export function listHas(lines: FieldLines, member: string): boolean {
  const value = joinLines(lines);
  if (value === undefined) return false;
  return value.split(",").some((item) => item.split(";", 1)[0]?.trim().toLowerCase() === member);
}
