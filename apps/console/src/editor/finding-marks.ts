import { type Extension, RangeSet } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { placedFindings } from "./placed-findings.ts";

const marks = {
  error: Decoration.mark({ class: "cm-finding-range cm-finding-range-error" }),
  warning: Decoration.mark({ class: "cm-finding-range cm-finding-range-warning" }),
};

/** Underlines what each finding is about, and says that the text is invalid while there is an error. */
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
