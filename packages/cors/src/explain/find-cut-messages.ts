import { type KnownMessage, knownMessages } from "./known-messages.ts";
import { type Found, type MessageTemplate, plainText, type ReadableText } from "./message-template.ts";

/** A message that ends before its end, with every failure that what is left of it allows. */
type CutMessage = Found & { readonly known: KnownMessage };

/** What stands where such a message begins, up to the end of its line: of less than 20 characters it is open what they were. */
const beginnings = /(?:^|blocked by CORS policy: )(?=(.{20,4096}?) ?(?:…|\.{3})?$)/gim;
/** Weighs nothing: a whole message at the same place is meant. */
const chromium = knownMessages
  .filter(({ engines }) => engines.includes("chromium"))
  .map((known) => ({ ...known, template: { ...known.template, weight: 0 } }));

/** Chromium's messages of which the end is missing, as where half a line was copied: at the start of a line, or after its usual words. */
export function findCutMessages({ text }: ReadableText): readonly CutMessage[] {
  return [...text.matchAll(beginnings)].flatMap((match) => {
    const [before, said = ""] = match;
    const start = match.index + before.length;
    const plain = plainText(said);
    const cut = chromium.flatMap((known) => {
      const places = placesUntilCut(known.template, said, plain);
      return places === undefined ? [] : [{ known, start, end: start + said.length, places }];
    });
    const [first] = cut;
    if (first === undefined) return [];
    return { ...first, known: { ...first.known, codes: [...new Set(cut.flatMap(({ known }) => known.codes))] } };
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
    const [word = ""] = /^[^\s']*/.exec(said.slice(at)) ?? [];
    at += word.length;
    const place = places[index];
    if (place !== undefined && at < said.length) found.set(place, word);
  }
  return undefined;
}
