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
import { answerWithExposed, type UpstreamExpose } from "./upstream-expose.ts";

/** What the headers for the client depend on, beside the upstream's own. */
export interface ClientHeaderTerms {
  readonly status: number;
  readonly method: string;
  /** What the policy says. */
  readonly answer: Answer;
  readonly expose: UpstreamExpose;
  /** Say that this connection ends after this answer. */
  readonly close: boolean;
  /** Can the client read a body in chunks, and so a trailer section? */
  readonly chunks: boolean;
}

/**
 * The answer's headers for the client, as names and values in turn: every line of the upstream that concerns both ends, in its order and
 * with its bytes; without the CORS headers of the upstream, and with those of the policy. Without a policy, the upstream's stay.
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
  const { answer } = terms;
  for (const [index, name] of names.entries()) {
    if (rewritten.has(name) || isHopByHop(name) || isRemoved(name, answer) || named.has(name)) continue;
    if (name !== "trailer" || hasTrailers(terms, chunked)) headers.push(raw[2 * index] ?? "", raw[2 * index + 1] ?? "");
  }
  const exposed = linesOf(names, raw, "access-control-expose-headers");
  const own = exposed === undefined ? answer.headers : answerWithExposed(answer, exposed, terms.expose);
  pushAnswer(headers, { ...answer, headers: own }, linesOf(names, raw, "vary"));
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

/** Is it a header by which the upstream would say what only the policy may say? */
function isRemoved(name: string, { untouched }: Pick<Answer, "untouched">): boolean {
  return untouched !== true && isCorsResponseHeader(name);
}

/** The header section of an interim answer, as it is sent: CORS is a matter of the final one. */
export function interimSection(raw: readonly string[], answer: Pick<Answer, "untouched">): string {
  const lines = passingLines(raw, (name) => !isHopByHop(name) && !isRemoved(name, answer) && name !== "content-length");
  return `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

/** The trailer fields that go on, as pairs. */
export function clientTrailers(raw: readonly string[], answer: Pick<Answer, "untouched">): [string, string][] {
  return passingLines(raw, (name) => isTrailerField(name) && !isRemoved(name, answer) && name !== "vary");
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
