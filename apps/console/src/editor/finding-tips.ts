import { type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  EditorView,
  hoverTooltip,
  type KeyBinding,
  showTooltip,
  type Tooltip,
  type TooltipView,
} from "@codemirror/view";
import { findingsAt, type PlacedFinding, placedFindings } from "./placed-findings.ts";

/** Shows what is said of one finding, as its keys do; nothing ends it. */
const showTip = StateEffect.define<PlacedFinding | undefined>();

/** The finding that a key has selected; its tip is shown until the cursor moves or the text changes. */
const shownFinding: StateField<PlacedFinding | undefined> = StateField.define<PlacedFinding | undefined>({
  create: () => undefined,
  update(shown, { effects, docChanged, selection }) {
    const effect = effects.findLast((each) => each.is(showTip));
    if (effect !== undefined) return effect.value;
    return docChanged || selection !== undefined ? undefined : shown;
  },
  provide: (field) =>
    showTooltip.compute([field], (state) => {
      const shown = state.field(field);
      return shown === undefined ? null : tipOf([shown]);
    }),
});

/** The findings under the pointer. */
const hover = hoverTooltip(({ state }, position) => {
  const found = findingsAt(state.field(placedFindings), position);
  return found.length === 0 ? null : tipOf(found);
});

/** Shows the findings of a place: under the pointer, and where a key has moved to. */
export const findingTips: Extension = [shownFinding, hover];

function tipOf(findings: readonly PlacedFinding[]): Tooltip {
  return {
    pos: Math.min(...findings.map(({ from }) => from)),
    end: Math.max(...findings.map(({ to }) => to)),
    above: false,
    create: () => viewOf(findings),
  };
}

/** For the eyes; a screen reader gets an announcement. */
function viewOf(findings: readonly PlacedFinding[]): TooltipView {
  const dom = document.createElement("div");
  dom.className = "cm-finding-tip";
  for (const { severity, message } of findings) {
    const line = document.createElement("p");
    line.className = `cm-finding-${severity}`;
    line.textContent = `${severity === "error" ? "✕" : "!"} `;
    const words = document.createElement("span");
    words.textContent = message;
    line.append(words);
    dom.append(line);
  }
  // The line under the text stays visible.
  return { dom, offset: { x: 0, y: 5 } };
}

/** F8 moves to the next finding, Shift-F8 to the previous one, in a circle; Escape hides the tip. */
export const findingKeys: readonly KeyBinding[] = [
  { key: "F8", run: (view) => step(view, 1), shift: (view) => step(view, -1), preventDefault: true },
  {
    key: "Escape",
    run(view) {
      if (view.state.field(shownFinding) === undefined) return false;
      view.dispatch({ effects: showTip.of(undefined) });
      return true;
    },
  },
];

/** Moves to a finding: selects its text, shows its tip, and announces it to a screen reader. */
export function moveTo(view: EditorView, finding: PlacedFinding): void {
  const all = view.state.field(placedFindings);
  const { from, to, severity, message } = finding;
  const line = view.state.doc.lineAt(from).number;
  const words = `Finding ${all.indexOf(finding) + 1} of ${all.length}, line ${line}, ${severity}: ${message}`;
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: [showTip.of(finding), EditorView.announce.of(words)],
    scrollIntoView: true,
  });
}

function step(view: EditorView, by: 1 | -1): boolean {
  const all = view.state.field(placedFindings);
  const { from } = view.state.selection.main;
  const shown = view.state.field(shownFinding);
  const at = shown === undefined ? -1 : all.indexOf(shown);
  const next = at >= 0 ? all.at((at + by) % all.length) : by > 0 ? firstAfter(all, from) : lastBefore(all, from);
  if (next === undefined) view.dispatch({ effects: EditorView.announce.of("There are no findings.") });
  else moveTo(view, next);
  return true;
}

function firstAfter(all: readonly PlacedFinding[], position: number): PlacedFinding | undefined {
  return all.find(({ from }) => from > position) ?? all[0];
}

function lastBefore(all: readonly PlacedFinding[], position: number): PlacedFinding | undefined {
  return all.findLast(({ from }) => from < position) ?? all.at(-1);
}
