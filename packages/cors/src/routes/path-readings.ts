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
 * Every reading of a path that a router behind the gateway might make: each combination of decoding (once, twice), cutting `;parameters`,
 * taking `\` for `/`, merging slashes, and resolving `.` and `..`. Case is not among them: it is a matter of comparison.
 *
 * @param path a strict reading
 */
export function looseReadings(path: string): ReadonlySet<string> {
  const readings = new Set([path]);
  for (const read of steps) {
    for (const reading of [...readings]) readings.add(read(reading));
  }
  return readings;
}

/** In the order in which servers apply them. Decoding stands twice, for those that do it twice. */
const steps: readonly ((path: string) => string)[] = [
  decode,
  decode,
  (path) => path.replace(/;[^/]*/g, ""),
  (path) => path.replaceAll("\\", "/"),
  (path) => path.replace(/\/{2,}/g, "/"),
  resolveDots,
];

function decode(path: string): string {
  return path.includes("%") ? path.replace(/%([0-9a-f]{2})/gi, decodeOne) : path;
}

function decodeOne(_match: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16));
}

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4 */
function resolveDots(path: string): string {
  if (!path.includes("/.")) return path;
  const kept: string[] = [];
  for (const segment of path.split("/").slice(1)) {
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  return `/${kept.join("/")}`;
}
