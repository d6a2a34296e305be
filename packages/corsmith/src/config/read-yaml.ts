import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLParseError } from "yaml";
import type { Position, ReadOutcome } from "./config-document.ts";
import { type ConfigFinding, fileError } from "./config-finding.ts";

/** Reads YAML 1.2. Syntax errors are reported with line and column, all that the parser finds. */
export function readYaml(file: string, text: string): ReadOutcome {
  const lines = new LineCounter();
  // `prettyErrors` would put an excerpt into the message: the formatter's business, not the message's.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const findings = document.errors.map((error) => syntaxFinding(file, text, error, lines));
    return { ok: false, findings, files: [file] };
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Aliases that lead nowhere, or to more than a configuration can mean: each doubling the one before, say.
    const why = error instanceof Error ? lowerFirst(error.message) : String(error);
    const message = `The aliases in it cannot be resolved: ${why}.`;
    return { ok: false, findings: [fileError(file, "config-syntax", message, "Write the values out.")], files: [file] };
  }
  const locate = (path: string): Position | undefined => locateInYaml(document, lines, path);
  return { ok: true, document: { value, text, locate }, files: [file] };
}

function syntaxFinding(file: string, text: string, error: YAMLParseError, lines: LineCounter): ConfigFinding {
  const { line, col: column } = lines.linePos(error.pos[0]);
  const value = text.split("\n")[line - 1]?.trim() ?? "";
  const message = `This is not YAML: ${lowerFirst(error.message.replace(/\.?$/, "."))}`;
  return fileError(file, "config-syntax", message, yamlFix(error, value), { value, line, column });
}

function yamlFix(error: YAMLParseError, line: string): string {
  // A bare * begins an alias in YAML, and is what most people write first for "any".
  if (/[:-]\s*\*/.test(line)) return 'A star has to be quoted in YAML: "*".';
  if (error.code === "TAB_AS_INDENT" || line.includes("\t")) return "Indent with spaces: YAML refuses tabs.";
  if (error.code === "DUPLICATE_KEY") return "Keep one of the two; with both, it is unclear which one counts.";
  if (error.code === "MULTIPLE_DOCS") return "Keep one document: remove the line ---.";
  return "Correct this line; everything under one key must be indented by the same number of spaces.";
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/**
 * Where a path such as `routes[0].policy.maxAge` stands: its key, or the item of a list. A path that leads deeper than the file does
 * comes to the deepest part that is there.
 */
export function locateInYaml(document: Document, lines: LineCounter, path: string): Position | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    const next = stepInto(node, step);
    if (next === undefined) break;
    offset = next.offset ?? offset;
    node = next.node;
  }
  if (offset === undefined) return undefined;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function stepInto(node: unknown, step: string): { node: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === step);
    return pair && { node: pair.value, offset: offsetOf(pair.key) };
  }
  if (isSeq(node) && /^\d+$/.test(step)) {
    const item = node.items[Number(step)];
    return item === undefined ? undefined : { node: item, offset: offsetOf(item) };
  }
  return undefined;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
