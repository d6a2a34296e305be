/**
 * The same text as a new, flat string whose hash nobody has computed, as a request's headers are: to compare or to look up a string object
 * that was used before would be cheaper than it is for a server.
 */
export function freshText(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1");
}
