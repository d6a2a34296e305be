import { isCanonicalHost } from "./host.ts";

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

const defaultPorts: ReadonlyMap<string, string> = new Map([
  ["http", "80"],
  ["https", "443"],
]);

/** The port that a scheme has when none is written. */
export function defaultPort(scheme: string): string | undefined {
  return defaultPorts.get(scheme);
}

/**
 * Parses a serialized tuple origin, such as a browser sends: lower case, no default port, no path, a canonical host. Anything else,
 * `null` too, is `undefined`: nothing is repaired, for a repaired origin is not the one that the browser will compare.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
export function parseOrigin(text: string): OriginParts | undefined {
  if (text.length > maxOriginLength) return undefined;
  const schemeEnd = text.indexOf("://");
  if (schemeEnd < 1) return undefined;
  const scheme = text.slice(0, schemeEnd);
  if (!isScheme(scheme)) return undefined;
  const hostStart = schemeEnd + 3;
  const hostEnd = endOfHost(text, hostStart);
  const host = text.slice(hostStart, hostEnd);
  if (!isCanonicalHost(host)) return undefined;
  if (hostEnd === text.length) return { scheme, host, port: "" };
  if (text.charCodeAt(hostEnd) !== 0x3a) return undefined;
  const port = text.slice(hostEnd + 1);
  return isPort(port) && port !== defaultPort(scheme) ? { scheme, host, port } : undefined;
}

/** Where the host ends: at the colon of the port, or at the bracket of an IPv6 address, or at the end. */
function endOfHost(text: string, start: number): number {
  if (text.charCodeAt(start) === 0x5b) {
    const bracket = text.indexOf("]", start);
    return bracket < 0 ? text.length : bracket + 1;
  }
  const colon = text.indexOf(":", start);
  return colon < 0 ? text.length : colon;
}

/** Is this a scheme in lower case, of 64 bytes at the most? @see https://www.rfc-editor.org/rfc/rfc3986#section-3.1 */
export function isScheme(text: string): boolean {
  if (text.length > 64 || !isLetter(text.charCodeAt(0))) return false;
  for (let index = 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (!isLetter(code) && !isDigit(code) && code !== 0x2b && code !== 0x2d && code !== 0x2e) return false;
  }
  return true;
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
