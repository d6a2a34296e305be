/** A browser's message with its places, ready to be searched for. */
export interface MessageTemplate {
  /** The text before, between and after the places. */
  readonly literals: readonly string[];
  /** The names of the places. */
  readonly places: readonly string[];
  /** How much of it is fixed: of two messages at one place of the text, the longer is meant. */
  readonly weight: number;
}

/** Where a message was found. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly places: ReadonlyMap<string, string>;
}

/** The longest text in a place: a URL with its query. */
const maxPlaceLength = 4096;
/** How often one message is searched for in one paste. */
const maxFound = 512;

/** Reads a message such as `Method {method} is not allowed`. */
export function messageTemplate(message: string): MessageTemplate {
  const parts = message.split(/\{(\w+)\}/);
  const literals = parts.filter((_, index) => index % 2 === 0).map(plainText);
  return {
    literals,
    places: parts.filter((_, index) => index % 2 === 1),
    weight: literals.join("").length,
  };
}

/**
 * Every occurrence of the message. No expression is run: each literal is searched for after the one before it, within the length of a
 * place, so that the time grows no faster than the text.
 */
export function occurrencesOf(template: MessageTemplate, text: string, plain: string): readonly Found[] {
  const first = template.literals[0] ?? "";
  const found: Found[] = [];
  let tries = 0;
  for (let at = plain.indexOf(first); at >= 0 && tries < maxFound; tries += 1) {
    const hit = isAtWordStart(plain, at) ? matchAt(template, text, plain, at) : undefined;
    if (hit !== undefined) found.push(hit);
    at = plain.indexOf(first, hit === undefined ? at + 1 : Math.max(hit.end, at + 1));
  }
  return found;
}

/** A message does not begin within a word: `load failed` is not in `payload failed`. */
function isAtWordStart(plain: string, at: number): boolean {
  return at === 0 || !/[a-z0-9]/.test(plain[at - 1] ?? "") || !/[a-z0-9]/.test(plain[at] ?? "");
}

function matchAt({ literals, places }: MessageTemplate, text: string, plain: string, start: number): Found | undefined {
  const found = new Map<string, string>();
  let end = start + (literals[0] ?? "").length;
  for (const [index, place] of places.entries()) {
    const literal = literals[index + 1] ?? "";
    const until = endOfPlace(place, literal, text, plain, end);
    if (until === undefined) return undefined;
    const value = text.slice(end, until);
    if (!fits(place, value)) return undefined;
    found.set(place, value);
    end = until + literal.length;
  }
  return { start, end, places: found };
}

/** Where the place that begins here ends: at the next literal, or at the end of its word; that of a value at the end of its line. */
function endOfPlace(place: string, literal: string, text: string, plain: string, start: number): number | undefined {
  const window = plain.slice(start, start + maxPlaceLength);
  if (literal !== "") {
    const length = window.indexOf(literal);
    return length < 0 ? undefined : start + length;
  }
  if (place !== "value") return start + window.search(/[\s'),;]|\.(?:\s|$)|$/);
  const length = text.slice(start, start + maxPlaceLength).indexOf("\n");
  return start + (length < 0 ? window.length : length);
}

/** A word has no spaces, a URL a scheme, a status digits. */
function fits(place: string, value: string): boolean {
  if (place === "status") return /^[1-5]\d\d$/.test(value);
  if (place === "value" || place === "what") return value.length <= 512;
  if (place === "url") return /^[a-z][a-z0-9+.-]*:[^\s'"]*$/i.test(value);
  return value.length > 0 && !/\s/.test(value);
}

/** How much of a paste is read: as many characters as a long console holds. */
const maxTextLength = 65_536;

/** A paste, made comparable. Both texts have the same length, so that what is found in one can be read in the other. */
export interface ReadableText {
  /** As it was pasted, without colours and doubled spaces. */
  readonly text: string;
  /** The same in lower case, with one kind of quotes, and spaces for line breaks. */
  readonly plain: string;
  /** Was it longer than the limit? */
  readonly truncated: boolean;
}

/** Removes what terminals, editors and chats add: colours, line breaks inside a sentence, curly quotes. */
export function readableText(pasted: string): ReadableText {
  const text = pasted
    .slice(0, maxTextLength)
    .replace(/\x1b\[[0-9;]{0,20}[A-Za-z]/g, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[ \n>|]*/g, "\n");
  return { text, plain: plainText(text), truncated: pasted.length > maxTextLength };
}

/** In lower case, with one kind of quotes, and spaces for line breaks; no character is added or lost. */
export function plainText(text: string): string {
  return text
    .replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32))
    .replace(/[‘’‚‛“”„‟«»‹›`´"＂′″]/g, "'")
    .replace(/\s/g, " ");
}
