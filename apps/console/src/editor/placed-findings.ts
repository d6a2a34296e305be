import { ensureSyntaxTree, type syntaxTree } from "@codemirror/language";
import { type EditorState, StateEffect, StateField, type Text, type Transaction } from "@codemirror/state";
import type { Finding } from "corsmith/api";

/** A finding as the editor shows it: without a line it is at the first one, without a column it is about the whole line. */
export interface EditorFinding extends Pick<Finding, "severity" | "message" | "line" | "column"> {
  /** Is it about the key at this place, rather than its value? */
  readonly ofKey: boolean;
}

/** A finding, and where in the document it is. It stays with its text while the text around it changes. */
export interface PlacedFinding extends Pick<Finding, "severity" | "message"> {
  readonly from: number;
  readonly to: number;
}

const show = StateEffect.define<readonly EditorFinding[]>();

/** The findings that are shown, in the order of the text. */
export const placedFindings: StateField<readonly PlacedFinding[]> = StateField.define({
  create: (): readonly PlacedFinding[] => [],
  update(placed, transaction) {
    const given: StateEffect<readonly EditorFinding[]> | undefined = transaction.effects.findLast((effect) =>
      effect.is(show),
    );
    return given === undefined ? moved(placed, transaction) : place(given.value, transaction);
  },
});

/** Shows these findings instead of the previous ones. */
export function showFindings(findings: readonly EditorFinding[]): StateEffect<readonly EditorFinding[]> {
  return show.of(findings);
}

/** Those at a place, between its ends or at one of them. */
export function findingsAt(placed: readonly PlacedFinding[], position: number): readonly PlacedFinding[] {
  return placed.filter(({ from, to }) => from <= position && position <= to);
}

function place(findings: readonly EditorFinding[], { state }: Transaction): readonly PlacedFinding[] {
  return findings
    .filter(({ line = 1 }) => line <= state.doc.lines)
    .map((finding) => ({
      severity: finding.severity,
      message: finding.message,
      ...findingRange(state, offsetOf(state.doc, finding), finding.ofKey),
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

function offsetOf(text: Text, { line = 1, column = 1 }: EditorFinding): number {
  const { from, to } = text.line(line);
  return Math.min(from + column - 1, to);
}

function moved(placed: readonly PlacedFinding[], { changes, docChanged }: Transaction): readonly PlacedFinding[] {
  if (!docChanged) return placed;
  return placed.map((finding) => {
    const from = changes.mapPos(finding.from, 1);
    return { ...finding, from, to: Math.max(from, changes.mapPos(finding.to, -1)) };
  });
}

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>["resolveInner"]>;

/** A stretch of the document. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Milliseconds to parse the text up to a finding; it is short, and mostly parsed already. */
const timeoutMs = 100;

/**
 * The range that a finding marks: the server reports where a key or an item of a list begins. If the finding is about the value of a key,
 * and the value is one word, it is that word; otherwise the key or the item itself. Works for YAML, and for JSON, which is YAML.
 */
export function findingRange(state: EditorState, offset: number, ofKey: boolean): TextRange {
  const tree = ensureSyntaxTree(state, state.doc.lineAt(offset).to, timeoutMs);
  const token = tree === null ? undefined : tokenAt(tree.resolveInner(offset, 1));
  if (token === undefined || token.from !== offset) return wordAt(state, offset);
  const value = ofKey ? undefined : wordOfValue(token);
  return value ?? { from: token.from, to: token.to };
}

const words: ReadonlySet<string> = new Set(["Literal", "QuotedLiteral"]);

function tokenAt(node: SyntaxNode): SyntaxNode | undefined {
  return words.has(node.name) ? node : undefined;
}

/** After the key comes a colon, and then the value, perhaps after an anchor or a tag. */
function wordOfValue({ parent }: SyntaxNode): TextRange | undefined {
  if (parent?.name !== "Key") return undefined;
  let value = parent.parent?.lastChild ?? null;
  while (value?.name === "Anchored" || value?.name === "Tagged") value = value.lastChild;
  return value !== null && words.has(value.name) ? { from: value.from, to: value.to } : undefined;
}

/** Where the text is not YAML, or not yet: up to the next space, or the last word of the line. */
function wordAt(state: EditorState, offset: number): TextRange {
  const line = state.doc.lineAt(offset);
  const rest = line.text.slice(offset - line.from);
  const length = /^\S+/.exec(rest)?.[0].length ?? 0;
  if (length > 0) return { from: offset, to: offset + length };
  const before = line.text.slice(0, offset - line.from).trimEnd();
  return { from: line.from + before.search(/\S*$/), to: line.from + before.length };
}
