import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { hoverTooltip, showTooltip, type Tooltip, type TooltipView } from "@codemirror/view";
import { findingsAt, type PlacedFinding, placedFindings } from "./placed-findings.ts";

/** Shows what is said of one finding, as its keys do; nothing ends it. */
export const tell: ReturnType<typeof StateEffect.define<PlacedFinding | undefined>> = StateEffect.define<
  PlacedFinding | undefined
>();

/** The finding to which a key has led; it is told until the cursor moves or the text changes. */
export const toldFinding: StateField<PlacedFinding | undefined> = StateField.define<PlacedFinding | undefined>({
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
