import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { indentUnit } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { completePolicy } from "./complete-policy.ts";
import { adoptStyles, editorTheme } from "./editor-theme.ts";
import { findingGutter, findingMarks } from "./finding-marks.ts";
import { findingKeys, findingTips, moveTo } from "./finding-tips.ts";
import { type EditorFinding, placedFindings, showFindings } from "./placed-findings.ts";

/** A text that replaces the editor's; the same object does so once. */
export interface GivenText {
  readonly text: string;
}

/** The finding to move to: its place among those that are shown. */
export interface WantedFinding {
  readonly place: number;
}

interface PolicyEditorProps {
  /** Its text at first, and again whenever another object comes. What is typed must not come back this way. */
  readonly given: GivenText;
  readonly label: string;
  readonly readOnly: boolean;
  readonly findings: readonly EditorFinding[];
  /** A finding to move to; the same object does so once. */
  readonly wanted: WantedFinding | undefined;
  onChange(text: string): void;
}

adoptStyles();

/** The editor of a policy's file. */
export function PolicyEditor({ given, label, readOnly, findings, wanted, onChange }: PolicyEditorProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;

  useEffect(() => {
    if (place.current === null) return;
    const view = new EditorView({
      parent: place.current,
      state: stateOf(given.text, label, readOnly, (now) => changed.current(now)),
    });
    editor.current = view;
    return () => view.destroy();
  }, [label, readOnly]);

  useEffect(() => {
    const view = editor.current;
    if (view === undefined || view.state.doc.toString() === given.text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: given.text } });
  }, [given]);

  useEffect(() => {
    editor.current?.dispatch({ effects: showFindings(findings) });
  }, [findings]);

  useEffect(() => {
    const view = editor.current;
    if (view === undefined || wanted === undefined) return;
    const message = findings[wanted.place]?.message;
    const finding = view.state.field(placedFindings).find((each) => each.message === message);
    if (finding === undefined) return;
    view.focus();
    moveTo(view, finding);
  }, [wanted]);

  return <div class="policy-editor" ref={place} data-field="" />;
}

function stateOf(text: string, label: string, readOnly: boolean, onChange: (text: string) => void): EditorState {
  return EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      placedFindings,
      findingGutter,
      findingMarks,
      findingTips,
      history(),
      drawSelection(),
      highlightActiveLine(),
      EditorView.lineWrapping,
      closeBrackets(),
      indentUnit.of("  "),
      yaml(),
      autocompletion({ override: [completePolicy], icons: false }),
      keymap.of([
        ...completionKeymap,
        ...findingKeys,
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      editorTheme,
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({ "aria-label": label }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
}
