import { StateEffect, StateField, type Text, type Transaction } from "@codemirror/state";
import { findingRange } from "./finding-range.ts";

/** What there is to say of a place in the text. */
export interface EditorFinding {
  /** From 1. */
  readonly line: number;
  /** From 1; missing for the line as a whole. */
  readonly column?: number;
  /** Is it about the key that stands there, rather than about its value? */
  readonly ofKey: boolean;
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** A finding, and where in the document it is. It stays with its text while somebody types around it. */
export interface PlacedFinding extends Pick<EditorFinding, "severity" | "message"> {
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

/** Shows these findings in place of those before. */
export function showFindings(findings: readonly EditorFinding[]): StateEffect<readonly EditorFinding[]> {
  return show.of(findings);
}

/** Those at a place, between its ends or at one of them. */
export function findingsAt(placed: readonly PlacedFinding[], position: number): readonly PlacedFinding[] {
  return placed.filter(({ from, to }) => from <= position && position <= to);
}

function place(findings: readonly EditorFinding[], { state }: Transaction): readonly PlacedFinding[] {
  return findings
    .filter(({ line }) => line <= state.doc.lines)
    .map((finding) => ({
      severity: finding.severity,
      message: finding.message,
      ...findingRange(state, offsetOf(state.doc, finding), finding.ofKey),
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

function offsetOf(text: Text, { line, column = 1 }: EditorFinding): number {
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
