import { useEffect, useRef } from "preact/hooks";
import { readKept } from "./kept.ts";
import { views } from "./views.ts";

/** What keys can do anywhere in the console. */
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
  if (readKept("shortcuts") === "off" || document.querySelector("dialog[open]") !== null) return false;
  const [target] = event.composedPath();
  const typing = target instanceof HTMLElement && (target.isContentEditable || isField(target));
  return !typing;
}

function isField(element: HTMLElement): boolean {
  return element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}
