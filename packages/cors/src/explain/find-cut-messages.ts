import { type KnownMessage, knownMessages } from "./known-messages.ts";
import { type Found, type MessageTemplate, plainText } from "./message-template.ts";

/** A message that ends before its end, with every failure that what is left of it allows. */
type CutMessage = Found & { readonly known: KnownMessage };

/** What stands where such a message begins, up to the end of its line: fewer than 20 characters could be anything. */
const beginnings = /(?:^|blocked by CORS policy: )(?=(.{20,4096}?) ?[….]*$)/gim;
const chromium = knownMessages.filter(({ engines }) => engines.includes("chromium"));

/** Chromium's messages of which the end is missing, where half a line was copied: at the start of a line, or after its usual words. */
export function findCutMessages(text: string): readonly CutMessage[] {
  return [...text.matchAll(beginnings)].flatMap((match) => {
    const [before, said = ""] = match;
    const start = match.index + before.length;
    const plain = plainText(said);
    const cut = chromium.flatMap((known) => {
      const places = placesUntilCut(known.template, said, plain);
      return places === undefined ? [] : [{ known, start, end: start + said.length, places }];
    });
    const codes = [...new Set(cut.flatMap(({ known }) => known.codes))];
    return cut.slice(0, 1).map((first) => ({ ...first, known: { ...first.known, codes } }));
  });
}

/** The places of a message whose beginning this is; a place that may be cut itself is not one of them. */
function placesUntilCut(
  { literals, places }: MessageTemplate,
  said: string,
  plain: string,
): Found["places"] | undefined {
  const found = new Map<string, string>();
  let at = 0;
  for (const [index, literal] of literals.entries()) {
    const rest = plain.slice(at);
    if (literal.startsWith(rest)) return found;
    if (!rest.startsWith(literal)) return undefined;
    at += literal.length;
    const end = at + said.slice(at).search(/[\s']|$/);
    if (end < said.length) found.set(places[index] ?? "", said.slice(at, end));
    at = end;
  }
  return undefined;
}
