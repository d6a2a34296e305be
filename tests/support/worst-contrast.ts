/** The text on a page that is the hardest to read. */
export interface Contrast {
  /** 1 for no contrast at all, 21 for black on white. */
  readonly ratio: number;
  readonly text: string;
}

/**
 * Finds it among all visible text, by the colours that are in force. It runs in the page (`page.evaluate(worstContrast)`), so it may use
 * nothing from outside itself.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function worstContrast(): Contrast {
  const rgb = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = rgb(color).map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const backgroundOf = (element: Element | null): string => {
    if (element === null) return "rgb(255, 255, 255)";
    const own = getComputedStyle(element).backgroundColor;
    return rgb(own)[3] === 0 ? backgroundOf(element.parentElement) : own;
  };
  let worst: Contrast = { ratio: 21, text: "" };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent?.trim() ?? "";
    if (element === null || text === "" || !element.checkVisibility()) continue;
    const [lighter = 0, darker = 0] = [
      luminance(getComputedStyle(element).color),
      luminance(backgroundOf(element)),
    ].sort((a, b) => b - a);
    const ratio = (lighter + 0.05) / (darker + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text };
  }
  return worst;
}
