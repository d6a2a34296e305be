/** Headers by which a script asks for an answer only if it is another one than it has. @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch */
export const conditionalHeaders: readonly string[] = [
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "if-match",
  "if-range",
];
