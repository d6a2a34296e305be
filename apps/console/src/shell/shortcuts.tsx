import { Fragment, type JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { readStored, store } from "./stored.ts";
import { views } from "./views.ts";

/** What shortcuts can do anywhere in the console. */
export interface ShortcutTargets {
  go(path: string): void;
  help(): void;
}

/** Milliseconds between `g` and the letter of a view. */
const sequenceTime = 1200;

/**
 * `g` and a letter opens a view, `/` leads to the view's first field, `?` shows this list. Letters typed into a field stay letters, and
 * the whole can be switched off, since people who speak to their computer trip over it.
 *
 * @see https://www.w3.org/TR/WCAG22/#character-key-shortcuts
 */
export function useShortcuts(targets: ShortcutTargets): void {
  const current = useRef(targets);
  current.current = targets;
  useEffect(() => {
    let awaitingSince = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent): void => {
      if (!isShortcut(event)) return;
      const awaited = event.timeStamp - awaitingSince < sequenceTime;
      awaitingSince = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (act(event.key, awaited, current.current)) event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function act(key: string, awaited: boolean, { go, help }: ShortcutTargets): boolean {
  const view = awaited ? views.find((each) => each.key === key) : undefined;
  if (view !== undefined) {
    go(view.path);
    return true;
  }
  if (key === "?") {
    help();
    return true;
  }
  const field = key === "/" ? firstField() : null;
  field?.focus();
  return field !== null;
}

function firstField(): HTMLElement | null {
  return document.querySelector<HTMLElement>("main input, main textarea, main select, main [data-field]");
}

function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (readStored("shortcuts") === "off" || document.querySelector("dialog[open]") !== null) return false;
  const [target] = event.composedPath();
  const typing = target instanceof HTMLElement && (target.isContentEditable || isField(target));
  return !typing;
}

function isField(element: HTMLElement): boolean {
  return element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}

const rows: readonly (readonly [keys: readonly string[], words: string])[] = [
  ...views.map(({ key, name }) => [["g", key], name] as const),
  [["/"], "The first field of the view"],
  [["?"], "This list"],
  [["F8"], "In the policy editor, the next finding; with Shift, the previous one"],
  [["Tab", "Enter", "Esc"], "As usual. In the policy editor, press Esc and then Tab to leave it."],
];

/** The list of shortcuts, and the switch that turns them off. */
export function ShortcutsDialog({ open, onClose }: { readonly open: boolean; onClose(): void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(readStored("shortcuts") !== "off");
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  const choose = (wanted: boolean): void => {
    setOn(wanted);
    store("shortcuts", wanted ? null : "off");
  };
  return (
    <dialog class="shortcuts" ref={dialog} onClose={onClose} aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">Keyboard</h2>
      <dl>
        {rows.map(([keys, words]) => (
          <Fragment key={words}>
            <dt>
              {keys.map((key) => (
                <Fragment key={key}>
                  <kbd>{key}</kbd>{" "}
                </Fragment>
              ))}
            </dt>
            <dd>{words}</dd>
          </Fragment>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" checked={on} onChange={(event) => choose(event.currentTarget.checked)} />
        Enable these shortcuts
      </label>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
