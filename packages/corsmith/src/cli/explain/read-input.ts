import { readFileSync, statSync } from "node:fs";

/** Where a text can come from when none is given. */
export interface TextInput {
  /** Is somebody sitting there? */
  readonly isTerminal: boolean;
  read(): Promise<string>;
}

/** What is to be explained. */
export type Input =
  | { readonly kind: "text"; readonly text: string }
  /** A recording of a browser's network panel, parsed. */
  | { readonly kind: "recording"; readonly har: unknown; readonly name: string };

/** The largest file that is read, in bytes: a long session's recording. */
const largest = 256 * 1024 * 1024;

/** A file or a text that cannot be read; `message` says which and what to do. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/**
 * Takes the words, the file that they name, or what stands on the input.
 *
 * @throws InputError for a file that cannot be read, or that calls itself a recording and is none
 */
export async function readInput(words: readonly string[], input: TextInput): Promise<Input> {
  const [only] = words;
  if (words.length === 0 || (words.length === 1 && only === "-")) return textOrRecording(await input.read(), "stdin");
  if (words.length === 1 && only !== undefined && namesFile(only)) return textOrRecording(readFile(only), only);
  return { kind: "text", text: words.join(" ") };
}

function namesFile(word: string): boolean {
  if (/[\n\0]/.test(word) || word.length > 4096) return false;
  return word.endsWith(".har") || statSync(word, { throwIfNoEntry: false })?.isFile() === true;
}

function readFile(path: string): string {
  try {
    if (statSync(path).size > largest) throw new Error("it is larger than 256 MB");
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** A recording is JSON with a `log`; everything else is a text, whatever its name. */
function textOrRecording(text: string, name: string): Input {
  const start = text.slice(0, 64).trimStart();
  const called = name.endsWith(".har");
  if (!start.startsWith("{") && !called) return { kind: "text", text };
  try {
    const har: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof har === "object" && har !== null && "log" in har) return { kind: "recording", har, name };
  } catch (error) {
    if (called)
      throw new InputError(`${name} is no recording: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (called)
    throw new InputError(
      `${name} is no recording: it has no log. Save it anew from the network panel, “Save all as HAR”.`,
    );
  return { kind: "text", text };
}
