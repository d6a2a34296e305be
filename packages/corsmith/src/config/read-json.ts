import { type Document, LineCounter, parseDocument } from "yaml";
import type { Position, ReadOutcome } from "./config-document.ts";
import { fileError } from "./config-finding.ts";
import { locateInYaml } from "./read-yaml.ts";

/** Reads JSON. A syntax error is reported with line and column; a key that stands twice is refused, where `JSON.parse` drops one. */
export function readJson(file: string, source: string): ReadOutcome {
  // A byte order mark is what some editors put first; JSON.parse refuses it.
  const text = source.replace(/^\uFEFF/, "");
  const error = findJsonError(text);
  if (error === undefined)
    return { ok: true, document: { value: JSON.parse(text), text: source, locate: locator(text) }, files: [file] };
  const before = text.slice(0, error.offset).split("\n");
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  const value = text.split("\n")[line - 1]?.trim() ?? "";
  const place = { value, line, column };
  const finding = fileError(file, "config-syntax", `This is not JSON: ${error.message}`, error.fix, place);
  return { ok: false, findings: [finding], files: [file] };
}

/** Every JSON text is a YAML text, so YAML's parser knows where things stand. It is slow, so it is asked only if there is a finding. */
function locator(text: string): (path: string) => Position | undefined {
  const lines = new LineCounter();
  let document: Document | undefined;
  return (path) => {
    document ??= parseDocument(text, { lineCounter: lines, prettyErrors: false });
    return locateInYaml(document, lines, path);
  };
}

/** Where a text stops being JSON, and what to do about it. */
export interface JsonError {
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
}

/** What may come next. A member and an item come after the bracket that opens their list, or after a comma in it. */
type Expected = "value" | "member" | "item" | "colon" | "comma";

interface Scan {
  readonly text: string;
  at: number;
  /** The comma after which something has to come, or -1. */
  comma: number;
  readonly open: { readonly close: "}" | "]"; readonly keys: Set<unknown> }[];
}

/** No configuration is nested so deeply; what is must not overflow a stack later. */
const maxDepth = 100;

/** A mark, a text, a number or one of the three names, as RFC 8259 spells them. */
const token =
  /[{}[\],:]|"[^"\\\u0000-\u001F]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[^"\\\u0000-\u001F]*)*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const space = /[ \t\n\r]*/y;

/**
 * Finds the first place where a text is not JSON, or where a key stands for the second time in one object; `undefined` if there is none.
 * The engines' own messages name a place for some mistakes only, for none of them the fix, and of two equal keys they drop one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-2
 */
export function findJsonError(text: string): JsonError | undefined {
  const scan: Scan = { text, at: 0, comma: -1, open: [] };
  let expected: Expected = "value";
  for (;;) {
    scan.at += matchAt(space, text, scan.at).length;
    if (expected === "comma" && scan.open.length === 0)
      return scan.at < text.length ? error(scan, "something follows the end.", "Remove what follows.") : undefined;
    const next: Expected | JsonError = steps[expected](scan, matchAt(token, text, scan.at));
    if (typeof next === "object") return next;
    expected = next;
  }
}

const steps: Readonly<Record<Expected, (scan: Scan, found: string) => Expected | JsonError>> = {
  value: readValue,
  item: (scan, found) => readClose(scan, found) ?? readValue(scan, found),
  member: (scan, found) => readClose(scan, found) ?? readKey(scan, found),
  colon: (scan, found) => (found === ":" ? advance(scan, found, "value") : unexpected(scan, "colon")),
  comma(scan, found) {
    if (found !== ",") return readClose(scan, found) ?? unexpected(scan, "comma");
    const comma = scan.at;
    advance(scan, found, "item");
    scan.comma = comma;
    return scan.open.at(-1)?.close === "}" ? "member" : "item";
  },
};

function readValue(scan: Scan, found: string): Expected | JsonError {
  if (found === "{" || found === "[") {
    if (scan.open.length >= maxDepth) return error(scan, "it is nested too deeply.", "Write it flatter.");
    scan.open.push({ close: found === "{" ? "}" : "]", keys: new Set() });
    return advance(scan, found, found === "{" ? "member" : "item");
  }
  return /^[}\],:]?$/.test(found) ? unexpected(scan, "value") : advance(scan, found, "comma");
}

function readKey(scan: Scan, found: string): Expected | JsonError {
  if (!found.startsWith('"')) return unexpected(scan, "member");
  const keys = scan.open.at(-1)?.keys;
  const key: unknown = JSON.parse(found);
  if (keys?.has(key) === true) {
    const fix = "Keep one of the two; with both, it is unclear which one counts.";
    return error(scan, "this key stands here for the second time.", fix);
  }
  keys?.add(key);
  return advance(scan, found, "colon");
}

/** Takes the bracket that closes the list, if it is there. */
function readClose(scan: Scan, found: string): Expected | JsonError | undefined {
  if (found === "" || found !== scan.open.at(-1)?.close) return undefined;
  if (scan.comma >= 0) {
    const fix = "Remove the comma after the last entry.";
    return { offset: scan.comma, message: `a comma stands before ${found}.`, fix };
  }
  scan.open.pop();
  return advance(scan, found, "comma");
}

function advance(scan: Scan, found: string, next: Expected): Expected {
  scan.at += found.length;
  scan.comma = -1;
  return next;
}

function unexpected(scan: Scan, expected: "value" | "member" | "colon" | "comma"): JsonError {
  const rest = scan.text.slice(scan.at, scan.at + 2);
  if (rest === "") return error(scan, "the text ends too early.", "Close every bracket that is open.");
  if (/^(?:\/[/*]|#)/.test(rest))
    return error(scan, "JSON has no comments.", "Remove the comment, or name the file .yaml, where # begins one.");
  if (rest.startsWith("'")) return error(scan, "text is in single quotes.", "Use double quotes.");
  if (rest.startsWith('"') && (expected === "value" || expected === "member")) {
    const message = "this text is not closed, or holds a line break or an unknown escape.";
    return error(scan, message, "Close it with a double quote.");
  }
  const [message, fix] = missing[expected];
  return error(scan, message.replace("…", scan.open.at(-1)?.close ?? ""), fix);
}

const missing = {
  value: ["a value is missing here.", "Write a value: text in double quotes, a number, true, false, null, […] or {…}."],
  member: ["a key is missing here.", 'Write keys in double quotes: "policy".'],
  colon: ["a colon is missing after the key.", "Write a colon between key and value."],
  comma: ["a comma or … is missing here.", "Put a comma between two entries."],
} as const;

function error({ at }: Scan, message: string, fix: string): JsonError {
  return { offset: at, message, fix };
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}
