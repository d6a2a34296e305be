import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { GutterMarker, gutter } from "@codemirror/view";

/** What stands beside a line. */
export interface LineFinding {
  readonly line: number;
  readonly severity: "error" | "warning";
  readonly message: string;
}

const show = StateEffect.define<readonly LineFinding[]>();

class FindingMarker extends GutterMarker {
  readonly finding: LineFinding;

  constructor(finding: LineFinding) {
    super();
    this.finding = finding;
  }

  override eq(other: FindingMarker): boolean {
    return other.finding.severity === this.finding.severity && other.finding.message === this.finding.message;
  }

  override toDOM(): Node {
    const { severity, message } = this.finding;
    const sign = document.createElement("span");
    sign.className = `cm-finding-${severity}`;
    sign.textContent = severity === "error" ? "✕" : "!";
    sign.title = message;
    return sign;
  }
}

const markers = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(shown, transaction) {
    const effect = transaction.effects.findLast((each) => each.is(show));
    if (effect === undefined) return shown.map(transaction.changes);
    const { doc } = transaction.state;
    const worst = new Map<number, LineFinding>();
    for (const finding of effect.value as readonly LineFinding[]) {
      const { line, severity } = finding;
      if (line <= doc.lines && (severity === "error" || !worst.has(line))) worst.set(line, finding);
    }
    const ranges = [...worst].map(([line, finding]) => new FindingMarker(finding).range(doc.line(line).from));
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
