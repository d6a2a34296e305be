import { type Answer, isCorsResponseHeader, mergeVary } from "@corsmith/cors";
import {
  addLine,
  type FieldLines,
  isChunked,
  isHopByHop,
  isTrailerField,
  namedInConnection,
  passingLines,
} from "../fields.ts";

/** What the headers for the client depend on, beside the upstream's own. */
export interface ClientHeaderTerms {
  readonly status: number;
  readonly method: string;
  /** What the policy says. */
  readonly answer: Answer;
  /** Say that this connection ends after this answer. */
  readonly close: boolean;
  /** Can the client read a body in chunks, and so a trailer section? */
  readonly chunks: boolean;
}

/**
 * The answer's headers for the client, as names and values in turn: every line of the upstream that concerns both ends, in its order and
 * with its bytes; without the CORS headers of the upstream, and with those of the policy.
 *
 * @returns `undefined` if the upstream's answer is coded in a way that the gateway cannot undo
 */
export function clientHeaders(raw: readonly string[], terms: ClientHeaderTerms): string[] | undefined {
  const names = lowerCaseNames(raw);
  const transferEncoding = linesOf(names, raw, "transfer-encoding");
  if (transferEncoding !== undefined && !isChunked(transferEncoding)) return undefined;
  const chunked = transferEncoding !== undefined;
  const named = namedInConnection(linesOf(names, raw, "connection"));
  const headers: string[] = [];
  for (const [index, name] of names.entries()) {
    if (rewritten.has(name) || isHopByHop(name) || isCorsResponseHeader(name) || named.has(name)) continue;
    if (name !== "trailer" || hasTrailers(terms, chunked)) headers.push(raw[2 * index] ?? "", raw[2 * index + 1] ?? "");
  }
  pushAnswer(headers, terms.answer, linesOf(names, raw, "vary"));
  if (terms.close) headers.push("Connection", "close");
  // Last, because Node rewrites the bytes of a Content-Disposition that comes after it. A 204 has none.
  const length = linesOf(names, raw, "content-length");
  if (typeof length === "string" && terms.status !== 204 && !chunked) headers.push("Content-Length", length);
  return headers;
}

const rewritten: ReadonlySet<string> = new Set(["vary", "content-length"]);

/** Adds what the policy says. Without members of its own, `Vary` stays as the upstream wrote it, line by line. */
export function pushAnswer(headers: string[], answer: Answer, vary: FieldLines): void {
  for (const [name, value] of answer.headers) headers.push(name, value);
  if (answer.vary !== undefined) headers.push("Vary", mergeVary(vary, answer.vary));
  else if (typeof vary === "string") headers.push("Vary", vary);
  else for (const line of vary ?? []) headers.push("Vary", line);
}

/** The header section of an interim answer, as it is sent: CORS is a matter of the final one. */
export function interimSection(raw: readonly string[]): string {
  const lines = passingLines(
    raw,
    (name) => !isHopByHop(name) && !isCorsResponseHeader(name) && name !== "content-length",
  );
  return `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

/** The trailer fields that go on, as pairs. */
export function clientTrailers(raw: readonly string[]): [string, string][] {
  return passingLines(raw, (name) => isTrailerField(name) && !isCorsResponseHeader(name) && name !== "vary");
}

function lowerCaseNames(raw: readonly string[]): string[] {
  const names: string[] = [];
  for (let index = 0; index < raw.length; index += 2) names.push((raw[index] ?? "").toLowerCase());
  return names;
}

function linesOf(names: readonly string[], raw: readonly string[], name: string): FieldLines {
  let lines: FieldLines;
  for (let at = names.indexOf(name); at !== -1; at = names.indexOf(name, at + 1))
    lines = addLine(lines, raw[2 * at + 1] ?? "");
  return lines;
}

function hasTrailers(terms: ClientHeaderTerms, chunked: boolean): boolean {
  const body = terms.method !== "HEAD" && terms.status !== 204 && terms.status !== 304;
  return body && terms.chunks && chunked;
}
