import { ensureSyntaxTree, type syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>["resolveInner"]>;

/** A stretch of the document. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Milliseconds that may be spent on reading the text up to a finding; it is short, and mostly read already. */
const patience = 100;

/**
 * How far that goes which begins at a place: the server tells where a key or an item of a list begins. If it is about the value of a key, and
 * the value is one word, that is it; otherwise the key or the item itself. Works for YAML, and for JSON, which is YAML.
 */
export function findingRange(state: EditorState, offset: number, ofKey: boolean): TextRange {
  const tree = ensureSyntaxTree(state, state.doc.lineAt(offset).to, patience);
  const token = tree === null ? undefined : tokenAt(tree.resolveInner(offset, 1));
  if (token === undefined || token.from !== offset) return wordAt(state, offset);
  const value = ofKey ? undefined : wordOfValue(token);
  return value ?? { from: token.from, to: token.to };
}

const words: ReadonlySet<string> = new Set(["Literal", "QuotedLiteral"]);

function tokenAt(node: SyntaxNode): SyntaxNode | undefined {
  return words.has(node.name) ? node : undefined;
}

/** Behind the key stands a colon, and then the value, perhaps with an anchor or a tag in front. */
function wordOfValue({ parent }: SyntaxNode): TextRange | undefined {
  if (parent?.name !== "Key") return undefined;
  let value = parent.parent?.lastChild ?? null;
  while (value?.name === "Anchored" || value?.name === "Tagged") value = value.lastChild;
  return value !== null && words.has(value.name) ? { from: value.from, to: value.to } : undefined;
}

/** Where the text is no YAML, or not yet: up to the next space, or the last word of the line. */
function wordAt(state: EditorState, offset: number): TextRange {
  const line = state.doc.lineAt(offset);
  const rest = line.text.slice(offset - line.from);
  const length = /^\S+/.exec(rest)?.[0].length ?? 0;
  if (length > 0) return { from: offset, to: offset + length };
  const before = line.text.slice(0, offset - line.from).trimEnd();
  return { from: line.from + before.search(/\S*$/), to: line.from + before.length };
}
