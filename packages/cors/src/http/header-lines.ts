import type { RawRequest } from "./node-messages.ts";

/**
 * The headers of a request as names and values in turn. `rawHeaders` has them as they came, repeated lines and all; hosts that make a
 * request of something else (a function's event, a test's mock) leave it out or empty, and then `headers` counts.
 *
 * @returns empty for a request without headers, such as an HTTP/1.0 health check; `undefined` if there is nothing that can be read
 */
export function headerLines({ rawHeaders, headers }: RawRequest): readonly string[] | undefined {
  if (rawHeaders !== undefined && !isTextList(rawHeaders)) return undefined;
  if (headers === undefined || (rawHeaders !== undefined && rawHeaders.length > 0)) return rawHeaders;
  return typeof headers === "object" && headers !== null ? linesOf(headers) : undefined;
}

function linesOf(headers: object): readonly string[] | undefined {
  const pairs: Iterable<readonly [string, unknown]> = headers instanceof Headers ? headers : Object.entries(headers);
  const lines: string[] = [];
  for (const [name, value] of pairs) {
    for (const line of [value ?? []].flat()) {
      // Some hosts count the body and leave the number there.
      if (typeof line !== "string" && typeof line !== "number") return undefined;
      lines.push(name, String(line));
    }
  }
  return lines;
}

/** The first tells for all: what Node made holds nothing but text, and what somebody else made of other things does not begin with it. */
function isTextList(value: unknown): boolean {
  return Array.isArray(value) && (value.length === 0 || typeof value[0] === "string");
}
