import { readFile } from "node:fs/promises";
import process from "node:process";
import { printable } from "@corsmith/cors/observe";
import { type PageRequest, PasteError, toPageRequest } from "../../check/pasted/pasted-request.ts";
import { isPasted, readCurlWords, readPasted } from "../../check/pasted/read-pasted.ts";
import { readRecording } from "../../check/pasted/read-recording.ts";
import { readHeader } from "../read-arguments.ts";

/** The flags of `check`, as commander reads them. */
export interface CheckFlags {
  readonly origin?: string;
  readonly method?: string;
  readonly header?: readonly string[];
  readonly data?: string;
  readonly credentials?: boolean;
  readonly send?: boolean;
  readonly sendSecrets?: boolean;
  readonly engine?: string;
  readonly entry?: string;
  readonly browser?: string;
  readonly insecure?: boolean;
  readonly timeout?: string;
  readonly probes?: boolean;
  readonly json?: boolean;
}

/** What `check` is given: a URL, what was copied from a browser, or the words of a curl command that the shell has split. */
export type CheckInput = string | readonly string[] | undefined;

/** The request that the arguments speak of. */
export type Source = Awaited<ReturnType<typeof readSource>>;

/**
 * Finds the request: in a URL with flags, in what was copied from a browser, or on stdin. `pasted`: was it copied from a browser, so that
 * its secrets are there by accident?
 *
 * @throws {PasteError}
 */
export async function readSource(input: CheckInput, flags: CheckFlags) {
  if (typeof input === "object") return { page: withFlags(readCurlWords(input), flags), pasted: true };
  const isWritten = input !== undefined && input !== "-";
  const text = isWritten ? await recordingAt(input) : await readStdin();
  if (text !== undefined && /^\s*\{/.test(text))
    return { page: withFlags(fromRecording(text, flags), flags), pasted: true };
  if (isWritten && !isPasted(input)) return { page: fromFlags(input, flags), pasted: false };
  return { page: withFlags(readPasted(isWritten ? input : (text ?? "")), flags), pasted: true };
}

/** The recording in this file; undefined if the text names none. */
async function recordingAt(text: string): Promise<string | undefined> {
  if (!/\.har$/i.test(text) || URL.canParse(text)) return undefined;
  try {
    return await readFile(text, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PasteError(
      `The recording cannot be read: ${why}`,
      "The path of a file that the Network tab saved as HAR.",
    );
  }
}

function fromRecording(har: string, { entry }: CheckFlags): PageRequest {
  const { page, list } = readRecording(har, entry === undefined ? undefined : Number(entry));
  if (list.length < 2 || entry !== undefined) return page;
  const shown = list.slice(0, maxListed).map((line) => `  ${printable(line, 160)}`);
  const more = list.length > shown.length ? [`  and ${list.length - shown.length} more`] : [];
  return {
    ...page,
    notes: [`CORS applies to ${list.length} requests of this recording; --entry N checks another:`, ...shown, ...more],
  };
}

/** At most this many requests of a recording are listed. */
const maxListed = 10;

const usage = "corsmith check https://api.example.com/orders --origin https://app.example.com";
/** The most that is read of what was pasted. */
const maxBytes = 100_000_000;

async function readStdin(): Promise<string> {
  if (process.stdin.isTTY === true) {
    throw new PasteError("There is no URL.", usage);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(Buffer.from(chunk));
    length += chunks.at(-1)?.length ?? 0;
    if (length > maxBytes)
      throw new PasteError("This is too long: over 100 MB.", "Paste one request, or save a shorter recording.");
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (text.trim() === "") throw new PasteError("There is no URL, and nothing came on stdin.", usage);
  return text;
}

function fromFlags(url: string, flags: CheckFlags): PageRequest {
  const headers = (flags.header ?? []).map(readHeader);
  // What a page cannot set says something else: whose page it is, and what the browser's cookie store holds.
  const { origin, cookies } = toPageRequest({
    url,
    headers: headers.filter(([name]) => /^(?:origin|cookie)$/i.test(name)),
    notes: [],
  });
  return {
    url,
    headers: headers.filter(([name]) => !/^(?:origin|cookie)$/i.test(name)),
    ...(origin === undefined ? {} : { origin }),
    ...(cookies === undefined ? {} : { cookies }),
    notes:
      cookies !== undefined && flags.credentials !== true
        ? ["Without --credentials a browser sends no cookie to another origin; none is sent."]
        : [],
  };
}

function withFlags(page: PageRequest, { header = [] }: CheckFlags): PageRequest {
  return { ...page, headers: [...page.headers, ...header.map(readHeader)] };
}
