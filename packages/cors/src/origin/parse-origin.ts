import { endOfCanonicalHost } from "./host.ts";

/** The three parts of a tuple origin, in the bytes in which it was serialized. */
export interface OriginParts {
  readonly scheme: string;
  readonly host: string;
  /** The port as it is written; empty for the scheme's default port. */
  readonly port: string;
}

/**
 * The longest `Origin` that is looked at: a scheme of 64, a host of 253, a port, and the marks between them. Everything longer is
 * refused before a byte of it is read.
 */
export const maxOriginLength = 330;

/** The port that a scheme has when none is written. */
export function defaultPort(scheme: string): string | undefined {
  if (scheme === "http") return "80";
  return scheme === "https" ? "443" : undefined;
}

/**
 * Parses a serialized tuple origin, such as a browser sends: lower case, no default port, no path, a canonical host. Anything else,
 * `null` too, is `undefined`: nothing is repaired, for a repaired origin is not the one that the browser will compare.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
export function parseOrigin(text: string): OriginParts | undefined {
  const schemeEnd = endOfScheme(text);
  const hostEnd = endOfHost(text, schemeEnd);
  if (hostEnd < 0) return undefined;
  const scheme = text.slice(0, schemeEnd);
  const host = text.slice(schemeEnd + 3, hostEnd);
  return { scheme, host, port: text.slice(hostEnd + 1) };
}

/** Is this what {@link parseOrigin} can parse? Nothing is copied to find out. */
export function isOrigin(text: string): boolean {
  return endOfHost(text, endOfScheme(text)) > 0;
}

/** Where the host ends behind a scheme that ends here; -1 if the whole text, its port too, is no origin. */
function endOfHost(text: string, schemeEnd: number): number {
  if (schemeEnd < 1 || text.length > maxOriginLength || !hasSchemeMark(text, schemeEnd)) return -1;
  const end = endOfCanonicalHost(text, schemeEnd + 3);
  if (end < 0 || end === text.length) return end;
  if (text.charCodeAt(end) !== colon) return -1;
  const port = text.slice(end + 1);
  return isPort(port) && port !== defaultPort(text.slice(0, schemeEnd)) ? end : -1;
}

const colon = 0x3a;
const slash = 0x2f;

/** Does `://` stand here? */
function hasSchemeMark(text: string, at: number): boolean {
  return text.charCodeAt(at) === colon && text.charCodeAt(at + 1) === slash && text.charCodeAt(at + 2) === slash;
}

/** Is this a scheme in lower case, of 64 bytes at the most? @see https://www.rfc-editor.org/rfc/rfc3986#section-3.1 */
export function isScheme(text: string): boolean {
  return text.length > 0 && endOfScheme(text) === text.length;
}

/** Where the scheme at the beginning ends; 0 without one. */
function endOfScheme(text: string): number {
  if (!isLetter(text.charCodeAt(0))) return 0;
  let end = 1;
  while (end < text.length && isSchemeByte(text.charCodeAt(end))) end += 1;
  return end > 64 ? 0 : end;
}

function isSchemeByte(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 0x2b || code === 0x2d || code === 0x2e;
}

/** Is this a port from 1 to 65535 without leading zeros? */
export function isPort(text: string): boolean {
  if (text.length === 0 || text.length > 5 || text.charCodeAt(0) === 0x30) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (!isDigit(text.charCodeAt(index))) return false;
  }
  return Number(text) <= 65_535;
}

function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
