import { type Document, LineCounter, parseDocument } from "yaml";
import type { Position, ReadOutcome } from "./config-document.ts";
import type { ConfigFinding } from "./config-finding.ts";
import { findJsonError, type JsonError } from "./find-json-error.ts";
import { locateInYaml } from "./read-yaml.ts";

/** Reads JSON. A syntax error is reported with line and column; a key that stands twice is refused, where `JSON.parse` drops one. */
export function readJson(file: string, source: string): ReadOutcome {
  // A byte order mark is what some editors put first; JSON.parse refuses it.
  const text = source.replace(/^\uFEFF/, "");
  const error = findJsonError(text);
  if (error !== undefined) return { ok: false, findings: [syntaxFinding(file, text, error)], files: [file] };
  const value: unknown = JSON.parse(text);
  return { ok: true, document: { file, value, text: source, locate: locator(text) }, files: [file] };
}

/** Every JSON text is a YAML text, so YAML's parser can tell where things stand. It is slow, so it is asked only if there is a finding. */
function locator(text: string): (path: string) => Position | undefined {
  let parsed: { readonly document: Document; readonly lines: LineCounter } | undefined;
  return (path) => {
    if (parsed === undefined) {
      const lines = new LineCounter();
      parsed = { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines };
    }
    return locateInYaml(parsed.document, parsed.lines, path);
  };
}

function syntaxFinding(file: string, text: string, { offset, message, fix }: JsonError): ConfigFinding {
  const before = text.slice(0, offset).split("\n");
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  return {
    code: "config-syntax",
    severity: "error",
    path: "",
    value: text.split("\n")[line - 1]?.trim() ?? "",
    message: `This is not JSON: ${message}`,
    fix,
    file,
    line,
    column,
  };
}
