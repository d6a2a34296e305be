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
const tell: ReturnType<typeof StateEffect.define<PlacedFinding | undefined>> = StateEffect.define<
  PlacedFinding | undefined
>();

/** The finding to which a key has led; it is told until the cursor moves or the text changes. */
const toldFinding: StateField<PlacedFinding | undefined> = StateField.define<PlacedFinding | undefined>({
  create: () => undefined,
  update(told, { effects, docChanged, selection }) {
    const effect = effects.findLast((each) => each.is(tell));
    if (effect !== undefined) return effect.value;
    return docChanged || selection !== undefined ? undefined : told;
  },
  provide: (field) =>
    showTooltip.compute([field], (state) => {
      const told = state.field(field);
      return told === undefined ? null : tipOf([told]);
    }),
});

/** What is said of the text under the pointer. */
const hover = hoverTooltip(({ state }, position) => {
  const found = findingsAt(state.field(placedFindings), position);
  return found.length === 0 ? null : tipOf(found);
});

/** Tells what is said of a place, where the pointer rests and where a key has led. */
export const findingTips: Extension = [toldFinding, hover];

function tipOf(findings: readonly PlacedFinding[]): Tooltip {
  return {
    pos: Math.min(...findings.map(({ from }) => from)),
    end: Math.max(...findings.map(({ to }) => to)),
    above: false,
    create: () => viewOf(findings),
  };
}

/** A screen reader hears it announced; this is for the eyes. */
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
  // The line under the text stays in sight.
  return { dom, offset: { x: 0, y: 5 } };
}

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
