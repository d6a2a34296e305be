/** What was sent under one name: nothing, one line, or several. */
export type FieldLines = string | string[] | undefined;

export function addLine(lines: FieldLines, value: string): FieldLines {
  if (lines === undefined) return value;
  return typeof lines === "string" ? [lines, value] : [...lines, value];
}

/** The value of a list field whose lines may be joined. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.3 */
export function joinLines(lines: FieldLines): string | undefined {
  return Array.isArray(lines) ? lines.join(", ") : lines;
}

export function soleLine(lines: FieldLines): string | undefined {
  return typeof lines === "string" ? lines : undefined;
}

/** Is `member`, in lower case, in a comma list? Parameters of a member (`;q=1`) are left aside. */
export function listHas(lines: FieldLines, member: string): boolean {
  const value = joinLines(lines);
  if (value === undefined) return false;
  return value.split(",").some((item) => item.split(";", 1)[0]?.trim().toLowerCase() === member);
}

/** Does Transfer-Encoding say `chunked`, and nothing else? */
export function isChunked(transferEncoding: FieldLines): boolean {
  return soleLine(transferEncoding)?.toLowerCase() === "chunked";
}

/**
 * The lines of a raw section that pass, as pairs.
 *
 * @param raw names and values in turn
 * @param passes is given the name in lower case
 */
export function passingLines(raw: readonly string[], passes: (name: string) => boolean): [string, string][] {
  const lines: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? "";
    if (passes(name.toLowerCase())) lines.push([name, raw[index + 1] ?? ""]);
  }
  return lines;
}

/** Fields that concern one connection only, in lower case. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

const nothingNamed: ReadonlySet<string> = new Set();

/** Does the field stay on this connection? @param name in lower case */
export function isHopByHop(name: string): boolean {
  return hopByHop.has(name);
}

/** The further fields that a `Connection` header names as belonging to this connection, in lower case. */
export function namedInConnection(connection: FieldLines): ReadonlySet<string> {
  const value = joinLines(connection);
  // What nearly every message says; it names no field.
  if (value === undefined || value === "keep-alive" || value === "close") return nothingNamed;
  return new Set(value.split(",").map((name) => name.trim().toLowerCase()));
}

/** Trailer fields that must not be: by them a recipient could be brought to read another message than the sender's. */
const neverInTrailers: ReadonlySet<string> = new Set([
  "authorization",
  "content-encoding",
  "content-length",
  "content-range",
  "content-type",
  "cookie",
  "host",
  "max-forwards",
  "set-cookie",
  "trailer",
]);

/**
 * May this field stand in the trailer section?
 *
 * @param name in lower case
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.5.1
 */
export function isTrailerField(name: string): boolean {
  return !hopByHop.has(name) && !neverInTrailers.has(name);
}
