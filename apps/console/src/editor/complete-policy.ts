import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { dangerKeyWords, fileKeyWords, type PolicyWord, policyKeyWords, valueWords } from "./policy-words.ts";

/**
 * Completes what is written at the cursor: the values of the key that it belongs to, or else keys. By the lines above it and not by a
 * parse, since a line that is being written is rarely right.
 */
export function completePolicy(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const written = /["']?[\w.:/*-]*$/.exec(before)?.[0] ?? "";
  if (written === "" && !context.explicit) return null;
  const key = keyOfLine(before) ?? keyAbove(context, line.number, indentOf(line.text));
  const isValue = keyOfLine(before) !== undefined || /^\s*-/.test(before);
  const words = isValue && key !== undefined ? valueWords[key] : keysUnder(key);
  if (words === undefined) return null;
  const quote = /^["']/.test(written) ? 1 : 0;
  return {
    from: context.pos - written.length + quote,
    options: words.map(({ word, means }) => ({
      label: word,
      detail: means,
      apply: isValue ? needsQuotes(word, quote === 1) : `${word}: `,
    })),
    validFor: /^[\w.:/*-]*$/,
  };
}

/** A lone `*` begins an alias in YAML. */
function needsQuotes(word: string, quoted: boolean): string {
  return word === "*" && !quoted ? '"*"' : word;
}

function keysUnder(key: string | undefined): readonly PolicyWord[] {
  return key === "dangerously" ? dangerKeyWords : [...policyKeyWords, ...fileKeyWords];
}

/** The key on the line before the cursor: `allowMethods` in `  allowMethods: [PU`, also in JSON. */
function keyOfLine(before: string): string | undefined {
  return /^\s*(?:-\s+)?["']?(\w+)["']?\s*:\s/.exec(before)?.[1];
}

/** The nearest line above that is indented less and has a key with nothing behind it. */
function keyAbove(context: CompletionContext, number: number, indent: number): string | undefined {
  for (let at = number - 1; at >= 1; at -= 1) {
    const { text } = context.state.doc.line(at);
    if (text.trim() === "" || text.trim().startsWith("#")) continue;
    const key = /^\s*(?:-\s+)?["']?(\w+)["']?\s*:\s*(?:\[|\{)?\s*$/.exec(text)?.[1];
    const above = indentOf(text);
    // A list may be indented as deep as its key.
    if (key !== undefined && (above < indent || /^\s*-/.test(context.state.doc.line(number).text))) return key;
    if (above < indent) return undefined;
  }
  return undefined;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
