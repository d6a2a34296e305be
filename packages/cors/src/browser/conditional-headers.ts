import type { HeaderList } from "./header-list.ts";

/** Headers by which a script asks for an answer only if it is another one than it has. @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch */
export const conditionalHeaders: readonly string[] = [
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "if-match",
  "if-range",
];

const names: ReadonlySet<string> = new Set(conditionalHeaders);

/** Is one of them in the list? */
export function isConditional(headers: HeaderList): boolean {
  return headers.some(([name]) => name.length >= 8 && names.has(name.toLowerCase()));
}
