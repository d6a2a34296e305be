import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { GutterMarker, gutter } from "@codemirror/view";

/** What stands beside a line. */
export interface LineFinding {
  readonly line: number;
  readonly severity: "error" | "warning";
}

const show = StateEffect.define<readonly LineFinding[]>();

class FindingMarker extends GutterMarker {
  readonly severity: LineFinding["severity"];

  constructor(severity: LineFinding["severity"]) {
    super();
    this.severity = severity;
  }

  override eq(other: FindingMarker): boolean {
    return other.severity === this.severity;
  }

  override toDOM(): Node {
    const sign = document.createElement("span");
    sign.className = `cm-finding-${this.severity}`;
    sign.textContent = this.severity === "error" ? "✕" : "!";
    return sign;
  }
}

const markers = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(shown, transaction) {
    const effect = transaction.effects.findLast((each) => each.is(show));
    if (effect === undefined) return shown.map(transaction.changes);
    const { doc } = transaction.state;
    const worst = new Map<number, LineFinding["severity"]>();
    for (const { line, severity } of effect.value as readonly LineFinding[]) {
      if (line <= doc.lines && worst.get(line) !== "error") worst.set(line, severity);
    }
    const ranges = [...worst].map(([line, severity]) => new FindingMarker(severity).range(doc.line(line).from));
    return RangeSet.of(ranges, true);
  },
});

/** A column with a sign beside each line that there is something to say about. */
export const findingGutter: Extension = [
  markers,
  gutter({ class: "cm-finding-gutter", markers: (view) => view.state.field(markers) }),
];

/** Puts the signs beside the lines. */
export function showFindings(findings: readonly LineFinding[]): StateEffect<readonly LineFinding[]> {
  return show.of(findings);
}
