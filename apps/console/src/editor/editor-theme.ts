import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { StyleModule } from "style-mod";

/** The looks of the page, from its own properties. */
const looks = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--raised)", color: "var(--ink)", fontSize: "0.875rem" },
  // The frame around it shows the focus.
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--code)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": {
    backgroundColor: "var(--panel)",
    color: "var(--quiet)",
    border: "0",
    borderRight: "1px solid var(--line)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in oklab, var(--panel) 60%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in oklab, var(--yes) 25%, transparent)",
  },
  ".cm-finding-gutter": { width: "1.5rem", textAlign: "center", fontWeight: "700" },
  ".cm-finding-error": { color: "var(--no)" },
  ".cm-finding-warning": { color: "var(--warn)" },
  ".cm-finding-range": {
    // Each by itself: WebKit knows them so, and not all in one.
    textDecorationLine: "underline",
    textDecorationStyle: "wavy",
    textDecorationThickness: "1.5px",
    textUnderlineOffset: "0.25em",
    textDecorationSkipInk: "none",
  },
  ".cm-finding-range-error": { textDecorationColor: "var(--no)" },
  ".cm-finding-range-warning": { textDecorationColor: "var(--warn)" },
  ".cm-tooltip.cm-finding-tip, .cm-tooltip .cm-finding-tip": {
    maxWidth: "min(26rem, 80vw)",
    display: "grid",
    gap: "0.4rem",
    padding: "0.5rem 0.75rem",
    fontSize: "0.875rem",
    lineHeight: "1.5",
  },
  ".cm-finding-tip span": { color: "var(--ink)", overflowWrap: "anywhere" },
  ".cm-tooltip": {
    maxWidth: "min(34rem, 90vw)",
    border: "1px solid var(--edge)",
    borderRadius: "0.4rem",
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    fontFamily: "var(--text)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--code)", maxHeight: "16rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.2rem 0.5rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--yes-wash)",
    color: "var(--ink)",
  },
  ".cm-completionDetail": { color: "var(--quiet)", fontFamily: "var(--text)", fontStyle: "normal" },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--yes)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: [tags.bool, tags.number, tags.null, tags.keyword], color: "var(--warn)" },
]);

/** How the editor looks, by day and by night. */
export const editorTheme: Extension = [looks, syntaxHighlighting(colours)];

const sheets = new WeakMap<StyleModule, CSSStyleSheet>();
let adopted: readonly CSSStyleSheet[] = [];

/**
 * Has the editor adopt its styles as sheets that a script made. By itself it would write them into a `<style>` element of the document,
 * which the page's policy forbids.
 *
 * @see https://www.w3.org/TR/CSP3/#directive-style-src
 */
export function adoptStyles(): void {
  StyleModule.mount = (root, modules) => {
    const ours = (Array.isArray(modules) ? modules : [modules]).map(sheetOf);
    const others = root.adoptedStyleSheets.filter((sheet) => !adopted.includes(sheet));
    adopted = ours;
    root.adoptedStyleSheets = [...others, ...ours];
  };
}

function sheetOf(module: StyleModule): CSSStyleSheet {
  const known = sheets.get(module);
  if (known !== undefined) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(module.getRules());
  sheets.set(module, sheet);
  return sheet;
}
