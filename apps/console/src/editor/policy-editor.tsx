import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { indentUnit } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { adoptStyles } from "./adopt-styles.ts";
import { completePolicy } from "./complete-policy.ts";
import { editorTheme } from "./editor-theme.ts";
import { findingGutter, showFindings } from "./finding-gutter.ts";
import "./policy-editor.css";

/** What is wrong with a line. */
export interface EditorFinding {
  readonly line: number;
  readonly column?: number;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly fix: string;
}

interface PolicyEditorProps {
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly findings: readonly EditorFinding[];
  onChange(text: string): void;
}

adoptStyles();

/** The editor of a policy's file. */
export function PolicyEditor({ text, label, readOnly, findings, onChange }: PolicyEditorProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;

  useEffect(() => {
    if (place.current === null) return;
    const view = new EditorView({
      parent: place.current,
      state: stateOf(text, label, readOnly, (now) => changed.current(now)),
    });
    editor.current = view;
    return () => view.destroy();
  }, [label, readOnly]);

  useEffect(() => {
    const view = editor.current;
    if (view === undefined || view.state.doc.toString() === text) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    const view = editor.current;
    if (view === undefined) return;
    view.dispatch({ effects: showFindings(findings) });
    view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state, findings)));
  }, [findings]);

  return <div class="policy-editor" ref={place} data-field="" />;
}

function stateOf(text: string, label: string, readOnly: boolean, onChange: (text: string) => void): EditorState {
  return EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      findingGutter,
      history(),
      drawSelection(),
      highlightActiveLine(),
      closeBrackets(),
      indentUnit.of("  "),
      yaml(),
      autocompletion({ override: [completePolicy], icons: false }),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      editorTheme,
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({ "aria-label": label }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
}

function diagnosticsOf({ doc }: EditorState, findings: readonly EditorFinding[]): Diagnostic[] {
  return findings.flatMap(({ line, column = 1, severity, message, fix }) => {
    if (line > doc.lines) return [];
    const { from, to, text } = doc.line(line);
    const start = Math.min(to, from + Math.max(column - 1, text.length - text.trimStart().length));
    return [{ from: start, to: Math.max(start, to), severity, message: `${message} Fix: ${fix}` }];
  });
}
