import { type HarEntry, readEntry } from "./har-entry.ts";
import { HarError } from "./har-error.ts";
import { optionalString, readArray, readObject } from "./har-value.ts";

/** A recording: the text of a `.har` file, its bytes, or what `JSON.parse` made of it. */
export type Har = string | Uint8Array | object;

const mostBytes = 100 * 1024 * 1024;
const mostEntries = 100_000;
const mostPages = 10_000;
const longestTitle = 65_536;

/**
 * Reads a recording as the developer tools of Chromium, Firefox and Safari and Playwright save it. Only what is needed is looked at, and
 * all of that is checked.
 *
 * @throws {HarError}
 * @see https://w3c.github.io/web-performance/specs/HAR/Overview.html
 */
export function readHar(har: Har): readonly HarEntry[] {
  const log = readObject(readObject(parse(har), "the file")["log"], "log");
  const titles = pageTitles(log["pages"]);
  return readArray(log["entries"], "log.entries", mostEntries)
    .map((entry, index) => readEntry(entry, index, titles))
    .filter((entry) => entry !== undefined);
}

function parse(har: Har): unknown {
  if (typeof har !== "string" && !(har instanceof Uint8Array)) return har;
  if (har.length > mostBytes) {
    const size = Math.ceil(har.length / 1024 / 1024);
    throw new HarError("the file", `${size} MB, and at most 100 MB are read. Save fewer requests, or without bodies.`);
  }
  const text = typeof har === "string" ? har : new TextDecoder().decode(har);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (reason) {
    const cut = /\}\s*$/.test(text.slice(-100)) ? "" : " It ends in the middle: save it again.";
    const why = reason instanceof SyntaxError ? "it is no JSON." : "it is nested too deeply.";
    throw new HarError("the file", `${why}${cut}`);
  }
}

/** Titles by the pages' ids. A recording without pages is fine: Safari and proxies make such. */
function pageTitles(value: unknown): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  if (value === undefined || value === null) return titles;
  readArray(value, "log.pages", mostPages).forEach((each, index) => {
    const page = readObject(each, `log.pages[${index}]`);
    const id = optionalString(page["id"], longestTitle);
    const title = optionalString(page["title"], longestTitle);
    if (id !== undefined && title !== undefined) titles.set(id, title);
  });
  return titles;
}
