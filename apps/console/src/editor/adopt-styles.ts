import { StyleModule } from "style-mod";

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
