import { readFileSync, statSync } from "node:fs";
import { nearestName } from "@corsmith/cors";
import { cleanUrl, type Facts, stacks } from "@corsmith/cors/explain";
import type { ConfigFinding } from "../../config/config-finding.ts";

/** The flags of `corsmith explain`. */
export interface ExplainFlags {
  readonly json?: boolean;
  /** Print the lines for this stack instead of the explanation. */
  readonly stack?: string;
  /** What the text does not say. */
  readonly origin?: string;
  readonly url?: string;
  readonly method?: string;
  readonly header?: string;
}

/** What is wrong with the flags; nothing, mostly. */
export function flagFindings({ stack, origin, url, method, header }: ExplainFlags): readonly ConfigFinding[] {
  return [
    ...(stack === undefined || stacks.some((name) => name === stack)
      ? []
      : [
          finding(
            "--stack",
            stack,
            "There is no such stack.",
            nearestName(stack, stacks) ?? `One of: ${stacks.join(", ")}.`,
          ),
        ]),
    ...(origin === undefined || isOrigin(origin)
      ? []
      : [finding("--origin", origin, "This is not an origin.", originOf(origin) ?? "scheme://host[:port], or null.")]),
    ...(url === undefined || URL.canParse(url)
      ? []
      : [
          finding(
            "--url",
            url,
            "This is not a URL.",
            "The whole URL that the page calls: https://api.example.com/orders",
          ),
        ]),
    ...(method === undefined || /^[A-Za-z]{1,20}$/.test(method)
      ? []
      : [finding("--method", method, "This is not a method.", "A word of letters, such as PATCH.")]),
    ...(header === undefined || /^[A-Za-z0-9-]{1,64}$/.test(header)
      ? []
      : [finding("--header", header, "This is not the name of a header.", "The name alone, such as x-request-id.")]),
  ];
}

/** What the flags say of the request; names, passwords and queries are cut here too. */
export function factsOfFlags({ origin, url, method, header }: ExplainFlags): Facts {
  return {
    ...(origin !== undefined && { origin }),
    ...(url !== undefined && { url: cleanUrl(url) }),
    ...(method !== undefined && { method }),
    ...(header !== undefined && { header }),
  };
}

function isOrigin(text: string): boolean {
  return text === "null" || originOf(text) === text;
}

function originOf(text: string): string | undefined {
  const origin = URL.parse(text)?.origin;
  return origin === "null" ? undefined : origin;
}

function finding(path: string, value: string, message: string, fix: string): ConfigFinding {
  return { code: "usage", severity: "error", path, value, message, fix };
}

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
