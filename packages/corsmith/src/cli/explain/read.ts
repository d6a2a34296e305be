import { readFileSync, statSync } from "node:fs";
import { nearestName } from "@corsmith/cors";
import { cleanUrl, type Facts, stacks } from "@corsmith/cors/explain";
import { type ConfigFinding, configError } from "../../config/config-finding.ts";

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

/** By flag: what is wrong with a value, and what to write; false if nothing is. */
type Check = (value: string) => false | readonly [message: string, fix: string];

const checks: Readonly<Record<Exclude<keyof ExplainFlags, "json">, Check>> = {
  stack: (value) =>
    !stacks.some((name) => name === value) && [
      "There is no such stack.",
      nearestName(value, stacks) ?? `One of: ${stacks.join(", ")}.`,
    ],
  origin: (value) =>
    value !== "null" &&
    originOf(value) !== value && ["This is not an origin.", originOf(value) ?? "scheme://host[:port], or null."],
  url: (value) =>
    !URL.canParse(value) && ["This is not a URL.", "The whole URL that the page calls: https://api.example.com/orders"],
  method: (value) => !/^[A-Za-z]{1,20}$/.test(value) && ["This is not a method.", "A word of letters, such as PATCH."],
  header: (value) =>
    !/^[A-Za-z0-9-]{1,64}$/.test(value) && ["This is not a header name.", "The name alone, such as x-request-id."],
};

/** What is wrong with the flags. */
export function flagFindings(flags: ExplainFlags): readonly ConfigFinding[] {
  return Object.entries(checks).flatMap(([flag, check]) => {
    const value = flags[flag as keyof typeof checks];
    const problem = value !== undefined && check(value);
    return problem ? [configError("usage", `--${flag}`, value, ...problem)] : [];
  });
}

/** What the flags say about the request; user names, passwords and queries are cut here too. */
export function factsOfFlags({ origin, url, method, header }: ExplainFlags): Facts {
  const facts = { origin, url: url === undefined ? undefined : cleanUrl(url), method, header };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

function originOf(text: string): string | undefined {
  const origin = URL.parse(text)?.origin;
  return origin === "null" ? undefined : origin;
}

/** Where a text comes from if none is given. */
export interface TextInput {
  readonly isTerminal: boolean;
  read(): Promise<string>;
}

/** What is to be explained: a text, or a recording of a browser's network panel, parsed. */
export type Input = { readonly text: string } | { readonly har: unknown };

/** In bytes: more than a long session's recording. */
const maxFileSize = 256 * 1024 * 1024;

/** A file or a text that cannot be read; `message` says which and what to do. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/**
 * The words, the file that they name, or what is on the standard input.
 *
 * @throws {InputError} for a file that cannot be read, or that is named as a recording and is not one
 */
export async function readInput(words: readonly string[], input: TextInput): Promise<Input> {
  const [only = "-"] = words;
  if (words.length > 1) return { text: words.join(" ") };
  if (only === "-") return textOrRecording(await input.read(), "stdin");
  return isFileName(only) ? textOrRecording(readFile(only), only) : { text: only };
}

function isFileName(word: string): boolean {
  if (/[\n\0]/.test(word) || word.length > 4096) return false;
  return word.endsWith(".har") || statSync(word, { throwIfNoEntry: false })?.isFile() === true;
}

function readFile(path: string): string {
  try {
    if (statSync(path).size > maxFileSize) throw new Error("it is larger than 256 MB");
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** A recording is JSON with a `log`; everything else is a text, whatever its name. */
function textOrRecording(text: string, name: string): Input {
  const isNamedSo = name.endsWith(".har");
  if (!text.slice(0, 64).trimStart().startsWith("{") && !isNamedSo) return { text };
  let problem = "it has no log. Save it again from the network panel, “Save all as HAR”";
  try {
    const har: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof har === "object" && har !== null && "log" in har) return { har };
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (isNamedSo) throw new InputError(`${name} is not a recording: ${problem}.`);
  return { text };
}
