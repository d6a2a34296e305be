import { EditorView, type KeyBinding } from "@codemirror/view";
import { tell, toldFinding } from "./finding-tips.ts";
import { type PlacedFinding, placedFindings } from "./placed-findings.ts";

/** F8 leads to the next finding, Shift-F8 to the one before, round about; Escape puts away what is said of it. */
export const findingKeys: readonly KeyBinding[] = [
  { key: "F8", run: (view) => step(view, 1), shift: (view) => step(view, -1), preventDefault: true },
  {
    key: "Escape",
    run(view) {
      if (view.state.field(toldFinding) === undefined) return false;
      view.dispatch({ effects: tell.of(undefined) });
      return true;
    },
  },
];

/** Leads to a finding: selects its text, and says what it is about, for the eyes and for a screen reader. */
export function leadTo(view: EditorView, finding: PlacedFinding): void {
  const all = view.state.field(placedFindings);
  const { from, to, severity, message } = finding;
  const line = view.state.doc.lineAt(from).number;
  const words = `Finding ${all.indexOf(finding) + 1} of ${all.length}, line ${line}, ${severity}: ${message}`;
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: [tell.of(finding), EditorView.announce.of(words)],
    scrollIntoView: true,
  });
}

function step(view: EditorView, by: 1 | -1): boolean {
  const all = view.state.field(placedFindings);
  const { from } = view.state.selection.main;
  const told = view.state.field(toldFinding);
  const at = told === undefined ? -1 : all.indexOf(told);
  const next = at >= 0 ? all.at((at + by) % all.length) : by > 0 ? firstBehind(all, from) : lastBefore(all, from);
  if (next === undefined) view.dispatch({ effects: EditorView.announce.of("There are no findings.") });
  else leadTo(view, next);
  return true;
}

function firstBehind(all: readonly PlacedFinding[], position: number): PlacedFinding | undefined {
  return all.find(({ from }) => from > position) ?? all[0];
}

function lastBefore(all: readonly PlacedFinding[], position: number): PlacedFinding | undefined {
  return all.findLast(({ from }) => from < position) ?? all.at(-1);
}
