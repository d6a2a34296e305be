import { type EditorState, type Extension, RangeSet } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter } from "@codemirror/view";
import { type PlacedFinding, placedFindings } from "./placed-findings.ts";

const marks = {
  error: Decoration.mark({ class: "cm-finding-range cm-finding-range-error" }),
  warning: Decoration.mark({ class: "cm-finding-range cm-finding-range-warning" }),
};

/** Underlines what each finding is about, and marks the text as invalid while there is an error. */
export const findingMarks: Extension = [
  EditorView.decorations.compute([placedFindings], (state) =>
    RangeSet.of(
      state
        .field(placedFindings)
        .filter(({ from, to }) => from < to)
        .map(({ from, to, severity }) => marks[severity].range(from, to)),
      true,
    ),
  ),
  EditorView.contentAttributes.compute([placedFindings], (state) => ({
    "aria-invalid": String(state.field(placedFindings).some(({ severity }) => severity === "error")),
  })),
];

class FindingMarker extends GutterMarker {
  readonly finding: PlacedFinding;

  constructor(finding: PlacedFinding) {
    super();
    this.finding = finding;
  }

  override eq(other: FindingMarker): boolean {
    return other.finding.severity === this.finding.severity && other.finding.message === this.finding.message;
  }

  override toDOM(): Node {
    const { severity, message } = this.finding;
    const mark = document.createElement("span");
    mark.className = `cm-finding-${severity}`;
    mark.textContent = severity === "error" ? "✕" : "!";
    mark.title = message;
    return mark;
  }
}

/** The worst of each line. */
function markersOf(state: EditorState): RangeSet<GutterMarker> {
  const worst = new Map<number, PlacedFinding>();
  for (const finding of state.field(placedFindings)) {
    const { from } = state.doc.lineAt(finding.from);
    if (finding.severity === "error" || !worst.has(from)) worst.set(from, finding);
  }
  return RangeSet.of(
    [...worst].map(([from, finding]) => new FindingMarker(finding).range(from)),
    true,
  );
}

/** A column with a mark beside each line that has a finding. */
export const findingGutter: Extension = gutter({
  class: "cm-finding-gutter",
  markers: ({ state }) => markersOf(state),
});
