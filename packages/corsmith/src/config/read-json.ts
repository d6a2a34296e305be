import { LineCounter, parseDocument } from "yaml";
import type { Position, ReadOutcome } from "./config-document.ts";
import type { ConfigFinding } from "./config-finding.ts";
import { findJsonError } from "./find-json-error.ts";
import { locateInYaml } from "./locate-in-yaml.ts";

/** Reads JSON. A syntax error is reported with line and column; a key that stands twice is refused, where `JSON.parse` drops one. */
export function readJson(file: string, source: string): ReadOutcome {
  // A byte order mark is what some editors put first; JSON.parse refuses it.
  const text = source.replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, findings: [syntaxFinding(file, text)], files: [file] };
  }
  // Every JSON text is a YAML text, so YAML's parser can tell where things stand.
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const duplicate = document.errors.find((error) => error.code === "DUPLICATE_KEY");
  if (duplicate) {
    const { line, col } = lines.linePos(duplicate.pos[0]);
    return { ok: false, findings: [duplicateFinding(file, text, { line, column: col })], files: [file] };
  }
  return { ok: true, document: { file, value, locate: (path) => locateInYaml(document, lines, path) }, files: [file] };
}

function syntaxFinding(file: string, text: string): ConfigFinding {
  const { offset, message, fix } = findJsonError(text);
  const position = positionOf(text, offset);
  return {
    code: "config-syntax",
    severity: "error",
    path: "",
    value: lineOf(text, position),
    message: `This is not JSON: ${message}`,
    fix,
    file,
    ...position,
  };
}

function duplicateFinding(file: string, text: string, position: Position): ConfigFinding {
  return {
    code: "config-syntax",
    severity: "error",
    path: "",
    value: lineOf(text, position),
    message: "This key stands here for the second time.",
    fix: "Keep one of the two; with both, nobody can tell which one counts.",
    file,
    ...position,
  };
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function lineOf(text: string, position: Position): string {
  return text.split("\n")[position.line - 1]?.trim() ?? "";
}
