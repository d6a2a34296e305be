import type { Header, HeaderList } from "../browser/index.ts";
import { isToken } from "../http/token.ts";
import {
  HarError,
  type HarObject,
  optionalString,
  readArray,
  readInteger,
  readObject,
  readString,
} from "./har-value.ts";

/** A recording: the text of a `.har` file, its bytes, or what `JSON.parse` made of it. */
export type Har = string | Uint8Array | object;

const maxBytes = 100 * 1024 * 1024;
const maxEntries = 100_000;
const maxPages = 10_000;
const maxTitle = 65_536;

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
  return readArray(log["entries"], "log.entries", maxEntries)
    .map((entry, index) => readEntry(entry, index, titles))
    .filter((entry) => entry !== undefined);
}

function parse(har: Har): unknown {
  if (typeof har !== "string" && !(har instanceof Uint8Array)) return har;
  if (har.length > maxBytes) {
    const size = Math.ceil(har.length / 1024 / 1024);
    throw new HarError("the file", `${size} MB; at most 100 MB are read. Save fewer requests, or without bodies.`);
  }
  const text = typeof har === "string" ? har : new TextDecoder().decode(har);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (reason) {
    const cut = /\}\s*$/.test(text.slice(-100)) ? "" : " It ends in the middle: save it again.";
    const why = reason instanceof SyntaxError ? "it is not JSON." : "it is nested too deeply.";
    throw new HarError("the file", `${why}${cut}`);
  }
}

/** Titles by the pages' ids. A recording without pages is fine: Safari and proxies make such. */
function pageTitles(value: unknown): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  if (value === undefined || value === null) return titles;
  readArray(value, "log.pages", maxPages).forEach((each, index) => {
    const page = readObject(each, `log.pages[${index}]`);
    const id = optionalString(page["id"], maxTitle);
    const title = optionalString(page["title"], maxTitle);
    if (id !== undefined && title !== undefined) titles.set(id, title);
  });
  return titles;
}

const maxUrl = 65_536;
const maxName = 256;
const maxValue = 65_536;
const maxHeaders = 1_000;
const maxCookies = 10_000;
const maxNote = 300;

/** One exchange of a recording, checked. */
export interface HarEntry {
  /** Its place in `log.entries`. */
  readonly index: number;
  readonly method: string;
  readonly url: string;
  /** Without the pseudo-headers of HTTP/2. Lines of one name are kept apart, where the recording did so. */
  readonly headers: HeaderList;
  /** Did it carry cookies? A recording that was cleaned before it was saved does not say. */
  readonly carriesCookies: boolean;
  /** Missing if no answer was recorded. */
  readonly answer: HarAnswer | undefined;
  /** The browser's word for what went wrong, such as `net::ERR_FAILED`. */
  readonly error: string | undefined;
  /** `fetch`, `xhr`, `preflight`, `document` …; only some browsers say it. */
  readonly resourceType: string | undefined;
  /** What the recording calls the page: browsers by its URL, Playwright by the title of the document. */
  readonly pageTitle: string | undefined;
}

/** What a recorded server answered. */
export interface HarAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderList;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/**
 * Reads one entry; undefined if it is not HTTP (`data:`, `blob:`, `ws:`, an extension's).
 *
 * @throws {HarError}
 */
function readEntry(value: unknown, index: number, pageTitles: ReadonlyMap<string, string>): HarEntry | undefined {
  const path = `log.entries[${index}]`;
  const entry = readObject(value, path);
  const request = readObject(entry["request"], `${path}.request`);
  const url = readString(request["url"], `${path}.request.url`, maxUrl);
  if (!/^https?:/i.test(url)) return undefined;
  const response = entry["response"] === undefined ? {} : readObject(entry["response"], `${path}.response`);
  const headers = readHeaders(request["headers"], `${path}.request.headers`);
  return {
    index,
    method: readString(request["method"], `${path}.request.method`, maxName),
    url,
    headers,
    carriesCookies: hasCookies(request) || headers.some(([name]) => name.toLowerCase() === "cookie"),
    answer: readAnswer(response, `${path}.response`),
    error: optionalString(response["_error"] ?? response["_failureText"], maxNote),
    resourceType: optionalString(entry["_resourceType"], maxName)?.toLowerCase(),
    pageTitle: pageTitles.get(optionalString(entry["pageref"], maxName) ?? ""),
  };
}

function hasCookies(request: HarObject): boolean {
  const { cookies } = request;
  return Array.isArray(cookies) && cookies.length > 0 && cookies.length <= maxCookies;
}

/** A status of 0 (Chromium, Firefox, Safari) or -1 (Playwright) is no status: the request was blocked, cut off or never sent. */
function readAnswer(response: HarObject, path: string): HarAnswer | undefined {
  if (response["status"] === undefined) return undefined;
  const status = readInteger(response["status"], `${path}.status`);
  if (status < 100) return undefined;
  return {
    status,
    statusText: optionalString(response["statusText"], maxNote) ?? "",
    headers: readHeaders(response["headers"], `${path}.headers`),
    body: readBody(response["content"], `${path}.content`),
  };
}

function readHeaders(value: unknown, path: string): HeaderList {
  return readArray(value, path, maxHeaders).flatMap((each, index) => readHeader(each, `${path}[${index}]`));
}

/** Some recorders put the lines of one name into one value, with line ends between them. */
function readHeader(each: unknown, path: string): readonly Header[] {
  const header = readObject(each, path);
  const name = readString(header["name"], `${path}.name`, maxName);
  const value = readString(header["value"], `${path}.value`, maxValue);
  return isToken(name) ? value.split(/\r?\n|\r/).map((line): Header => [name, line]) : [];
}

function readBody(value: unknown, path: string): HarAnswer["body"] {
  if (value === undefined) return "";
  const content = readObject(value, path);
  const text =
    content["text"] === undefined ? "" : readString(content["text"], `${path}.text`, Number.POSITIVE_INFINITY);
  return content["encoding"] === "base64" ? fromBase64(text) : text;
}

/** What is not base64 is kept as text. */
function fromBase64(text: string): HarAnswer["body"] {
  try {
    return Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
  } catch {
    return text;
  }
}
