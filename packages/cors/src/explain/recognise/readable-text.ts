/** What is read of a paste: as many characters as a long console holds. The rest is left out. */
const longestText = 65_536;

/** A paste, made comparable. The two texts have the same length, so that what is found in one can be read in the other. */
export interface ReadableText {
  /** As it was pasted, without colours and doubled spaces. */
  readonly text: string;
  /** The same in lower case, with one kind of quotes, and spaces for line breaks. */
  readonly plain: string;
  /** Was it longer than what is read? */
  readonly truncated: boolean;
}

/** Takes away what terminals, editors and chats add: colours, line breaks in the midst of a sentence, curly quotes. */
export function readableText(pasted: string): ReadableText {
  const text = pasted
    .slice(0, longestText)
    .replace(/\x1b\[[0-9;]{0,20}[A-Za-z]/g, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[ \n>|]*/g, "\n");
  return { text, plain: plainText(text), truncated: pasted.length > longestText };
}

/** In lower case, with one kind of quotes, and spaces for line breaks; no character is added or lost. */
export function plainText(text: string): string {
  return text
    .replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32))
    .replace(/[‘’‚‛“”„‟«»‹›`´"＂′″]/g, "'")
    .replace(/\s/g, " ");
}
