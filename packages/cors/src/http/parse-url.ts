/** `URL.parse`, which Node has from version 22 on only: the URL, or `null` if it is none. */
export function parseUrl(text: string, base?: string | URL): URL | null {
  return URL.canParse(text, base) ? new URL(text, base) : null;
}
