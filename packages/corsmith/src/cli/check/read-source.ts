import process from "node:process";
import type { Header } from "@corsmith/cors/browser";
import { withheld } from "../../check/check-request.ts";
import { type PageRequest, PasteError, toPageRequest } from "../../check/pasted-request.ts";
import { isPasted, readCurlWords, readPasted } from "../../check/read-pasted.ts";
import type { CheckFlags } from "../check.ts";

/** What `check` is given: a URL, what was copied from a browser, or the words of a curl command that the shell has split. */
export type CheckInput = string | readonly string[] | undefined;

/** The request that the arguments speak of. */
export interface Source {
  readonly page: PageRequest;
  /** Was it copied from a browser, so that its secrets are there by accident? */
  readonly pasted: boolean;
}

/**
 * Finds the request: in a URL with flags, in what was copied from a browser, or on stdin.
 *
 * @throws PasteError
 */
export async function readSource(input: CheckInput, flags: CheckFlags): Promise<Source> {
  if (typeof input === "object") return { page: withFlags(readCurlWords(input), flags), pasted: true };
  const isWritten = input !== undefined && input !== "-";
  if (isWritten && !isPasted(input)) return { page: fromFlags(input, flags), pasted: false };
  return { page: withFlags(readPasted(isWritten ? input : await readStdin()), flags), pasted: true };
}

/** The most that is read of what was pasted. */
const mostBytes = 4_000_000;

async function readStdin(): Promise<string> {
  if (process.stdin.isTTY === true) {
    throw new PasteError(
      "There is no URL.",
      "corsmith check https://api.example.com/orders --origin https://app.example.com",
    );
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(Buffer.from(chunk));
    length += chunks.at(-1)?.length ?? 0;
    if (length > mostBytes) throw new PasteError("This is too long for a request.", "Paste one request.");
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (text.trim() === "")
    throw new PasteError("Nothing came on stdin.", "Pipe in a copied curl command, or name a URL.");
  return text;
}

function fromFlags(url: string, flags: CheckFlags): PageRequest {
  const headers = (flags.header ?? []).map(readHeader);
  // What a page can not set says something else: whose page it is, and what the browser's cookie store holds.
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

/** `name: value`; the name alone takes part in the check and is not sent. */
function readHeader(line: string): Header {
  const colon = line.indexOf(":");
  return colon < 0 ? [line.trim(), withheld] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
