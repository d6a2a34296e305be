import { LineCounter, parseDocument, type YAMLParseError } from "yaml";
import type { ReadOutcome } from "./config-document.ts";
import type { ConfigFinding } from "./config-finding.ts";
import { locateInYaml } from "./locate-in-yaml.ts";

/** Reads YAML 1.2. Syntax errors are reported with line and column, all that the parser finds. */
export function readYaml(file: string, text: string): ReadOutcome {
  const lineCounter = new LineCounter();
  // `prettyErrors` would put an excerpt into the message: the formatter's business, not the message's.
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  if (document.errors.length > 0) {
    const findings = document.errors.map((error) => syntaxFinding(file, text, error, lineCounter));
    return { ok: false, findings, files: [file] };
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    return { ok: false, findings: [unresolvable(file, error)], files: [file] };
  }
  return {
    ok: true,
    document: { file, value, text, locate: (path) => locateInYaml(document, lineCounter, path) },
    files: [file],
  };
}

/** Aliases that lead nowhere, or to more than a configuration can mean: each doubling the one before, say. */
function unresolvable(file: string, error: unknown): ConfigFinding {
  return {
    code: "config-syntax",
    severity: "error",
    path: "",
    value: undefined,
    message: `The aliases in it cannot be resolved: ${error instanceof Error ? lowerFirst(error.message) : String(error)}.`,
    fix: "Write the values out.",
    file,
  };
}

function syntaxFinding(file: string, text: string, error: YAMLParseError, lines: LineCounter): ConfigFinding {
  const { line, col } = lines.linePos(error.pos[0]);
  const value = text.split("\n")[line - 1]?.trim() ?? "";
  return {
    code: "config-syntax",
    severity: "error",
    path: "",
    value,
    message: `This is not YAML: ${lowerFirst(error.message.replace(/\.?$/, "."))}`,
    fix: yamlFix(error, value),
    file,
    line,
    column: col,
  };
}

function yamlFix(error: YAMLParseError, line: string): string {
  // A bare * begins an alias in YAML, and is what nearly everybody writes first for "any".
  if (/[:-]\s*\*/.test(line)) return 'A star has to be quoted in YAML: "*".';
  if (error.code === "TAB_AS_INDENT" || line.includes("\t")) return "Indent with spaces: YAML refuses tabs.";
  if (error.code === "DUPLICATE_KEY") return "Keep one of the two; with both, nobody can tell which one counts.";
  if (error.code === "MULTIPLE_DOCS") return "Keep one document: remove the line ---.";
  return "Correct this line; everything under one key must be indented by the same number of spaces.";
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
