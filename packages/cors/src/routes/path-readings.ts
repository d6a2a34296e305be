/**
 * The strict reading of a path: as it came, but with the bytes that must be percent-encoded decoded (0x80 and up, so as latin1). For these
 * the two spellings are the same path to everybody.
 */
export function strictReading(path: string): string {
  return path.includes("%") ? path.replace(/%([89a-f][0-9a-f])/gi, decodeOne) : path;
}

/** Does anything stand in this path that some router reads differently from another? A reading that differs can only come of these. */
export function isPlainPath(path: string): boolean {
  return !/[%;\\A-Z]|\/\/|\/\./.test(path) && path.startsWith("/");
}

/**
 * Does this hold for every reading of a path that a router behind the gateway might make? A reading takes the {@link steps}, or some of
 * them, in an order of its own, each as often as it likes: servers in a row do, and each takes its own. So these are all the paths that any
 * sequence of steps reaches; the order in which we find them does not matter. Case is not among the steps: it is a matter of comparison.
 *
 * @param path a strict reading
 * @returns false too if there are more readings than a request is worth: what was not read has not been seen to hold
 */
export function everyReading(path: string, holds: (reading: string) => boolean): boolean {
  const readings = new Set([path]);
  let read = 0;
  let characters = 0;
  // A set goes on to what is added while it is walked, and no step makes a path longer: this ends when the steps lead to nothing new.
  for (const reading of readings) {
    read += 1;
    characters += reading.length;
    if (read > maxReadings || characters > maxCharacters || !holds(reading)) return false;
    for (const step of steps) readings.add(step(reading));
  }
  return true;
}

/** Ordinary paths have one to ten readings. A step costs what the path is long, so both are counted: paths, and characters of all paths. */
const maxReadings = 100;
const maxCharacters = 8_192;

/**
 * What servers do with a path before they route it. Each is the whole path to the whole path.
 *
 * Decoding is there in three strengths, for what `..` takes away depends on it: in `/public/a%2Fb/%2E%2E/%2E%2E/admin` a server that keeps
 * `%2F` ends in /admin, one that decodes it in /public/admin. Unreserved characters only is the normalization of RFC 3986, section 6.2.2.2.
 *
 * Parameters are cut from each segment (servlet containers; RFC 3986, section 3.3), or the path ends at the first of them (where `;` begins
 * the session's id). What is decoded and then read again as a URL ends at `?`, `#` or NUL, and loses tabs, line ends, and spaces at its end.
 * `\` is `/` to WHATWG URLs and to servers on Windows. What begins with `//` begins with a host to everybody who resolves the target against
 * a base (`new URL(request.url, base)`; RFC 3986, section 4.2): `//x/admin` is /admin there.
 */
const steps: readonly ((path: string) => string)[] = [
  (path) => decode(path, /%([0-9a-f]{2})/gi),
  (path) => decode(path, /%(?!2f)([0-9a-f]{2})/gi),
  (path) => decode(path, /%(2[de]|3[0-9]|[46][1-9a-f]|5[0-9af]|7[0-9ae])/gi),
  (path) => (path.includes(";") ? path.replace(/;[^/]*/g, "") : path),
  (path) => (path.includes(";") ? path.slice(0, path.indexOf(";")) : path),
  (path) => path.replace(/[?#\0].*/s, ""),
  withoutSpace,
  (path) => path.replaceAll("\\", "/"),
  (path) => (path.includes("//") ? path.replace(/\/{2,}/g, "/") : path),
  (path) => (path.startsWith("//") ? path.replace(/^\/+[^/]*\/?/, "/") : path),
  resolveDots,
];

function decode(path: string, encoded: RegExp): string {
  return path.includes("%") ? path.replace(encoded, decodeOne) : path;
}

function decodeOne(_match: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16));
}

/** By steps and not by an expression, which would try each space of a long row. @see https://url.spec.whatwg.org/#url-parsing */
function withoutSpace(path: string): string {
  let end = path.length;
  while (path.charCodeAt(end - 1) <= 0x20) end -= 1;
  return path.slice(0, end).replace(/[\t\n\r]/g, "");
}

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4 */
function resolveDots(path: string): string {
  if (!path.includes("/.")) return path;
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  for (const segment of segments) {
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  const last = segments.at(-1);
  if (last === "." || last === "..") kept.push("");
  return `/${kept.join("/")}`;
}
