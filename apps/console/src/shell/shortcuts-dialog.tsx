import { Fragment, type JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { keep, readKept } from "./kept.ts";
import { views } from "./views.ts";

interface ShortcutsDialogProps {
  readonly open: boolean;
  onClose(): void;
}

/** The list of keys, and the switch that turns them off. */
export function ShortcutsDialog({ open, onClose }: ShortcutsDialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(readKept("shortcuts") !== "off");
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  const choose = (wanted: boolean): void => {
    setOn(wanted);
    keep("shortcuts", wanted ? null : "off");
  };
  return (
    <dialog class="shortcuts" ref={dialog} onClose={onClose} aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">Keyboard</h2>
      <dl>
        {views.map((view) => (
          <Fragment key={view.path}>
            <dt>
              <kbd>g</kbd> <kbd>{view.key}</kbd>
            </dt>
            <dd>{view.name}</dd>
          </Fragment>
        ))}
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>The view’s first field</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>This list</dd>
        <dt>
          <kbd>F8</kbd>
        </dt>
        <dd>In the policy’s editor, the next finding; with Shift, the one before</dd>
        <dt>
          <kbd>Tab</kbd> <kbd>Enter</kbd> <kbd>Esc</kbd>
        </dt>
        <dd>As everywhere. In the policy’s editor, Esc and then Tab leaves it.</dd>
      </dl>
      <label class="check">
        <input type="checkbox" checked={on} onChange={(event) => choose(event.currentTarget.checked)} />
        Listen for these keys
      </label>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
