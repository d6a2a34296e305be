import { mimeTypeEssence } from "../../http/mime-type-essence.ts";
import type { Behaviour } from "../engines/behaviour.ts";
import { getHeader, type Header, type HeaderList, sortedLowercaseSet } from "../header-list.ts";

/** The most bytes that all safelisted values of a request may have together. */
const maxSafelistedBytes = 1024;

/**
 * The names of the headers for which the server has to be asked: lower case, sorted, each once.
 *
 * @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
export function corsUnsafeRequestHeaderNames(headers: HeaderList, behaviour: Behaviour): readonly string[] {
  const unsafeNames: string[] = [];
  const potentiallyUnsafeNames: string[] = [];
  let safelistValueSize = 0;
  for (const header of headers) {
    if (isSafe(header[0], header[1], headers, behaviour)) {
      potentiallyUnsafeNames.push(header[0]);
      safelistValueSize += header[1].length;
    } else {
      unsafeNames.push(header[0]);
    }
  }
  if (safelistValueSize > maxSafelistedBytes && behaviour.limitsSafelistedBytes)
    unsafeNames.push(...potentiallyUnsafeNames);
  if (behaviour.namesEachUnsafeLine) return unsafeNames.map((name) => name.toLowerCase()).sort();
  return sortedLowercaseSet(unsafeNames);
}

function isSafe(name: string, value: string, headers: HeaderList, behaviour: Behaviour): boolean {
  if (!isCorsSafelistedRequestHeader([name, value], behaviour)) return false;
  if (!behaviour.safelistsCombinedValues) return true;
  const combined = getHeader(headers, name.toLowerCase()) ?? value;
  return (
    combined === value ||
    (combined.length <= maxSafelistedValueBytes && isCorsSafelistedRequestHeader([name, combined], behaviour))
  );
}

/** The most bytes that a safelisted value may have. */
const maxSafelistedValueBytes = 128;

const formTypes: ReadonlySet<string> = new Set([
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "text/plain",
]);

/**
 * May this request header go to another origin without a preflight?
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function isCorsSafelistedRequestHeader([name, value]: Header, behaviour: Behaviour): boolean {
  if (value.length > maxSafelistedValueBytes) return false;
  const lowerName = name.toLowerCase();
  switch (lowerName) {
    case "accept":
      return hasSafeBytes(value, behaviour);
    case "accept-language":
    case "content-language":
      return /^[0-9A-Za-z *,\-.;=]*$/.test(value);
    case "content-type":
      return hasSafeBytes(value, behaviour) && formTypes.has(mimeTypeEssence(value) ?? "");
    case "range":
      return isSafeRange(behaviour.lenientRange ? lenientRange(value) : value, behaviour);
    default:
      return behaviour.safelistsClientHints && clientHints.get(lowerName)?.test(value) === true;
  }
}

function hasSafeBytes(value: string, behaviour: Behaviour): boolean {
  if (behaviour.nonAsciiBytesUnsafe && /[\u0080-\u00ff]/.test(value)) return false;
  return !/[\u0000-\u0008\u000a-\u001f"():<>?@[\\\]{}\u007f]/.test(value);
}

/** A range without a start is not safe: browsers never sent one. */
function isSafeRange(value: string, behaviour: Behaviour): boolean {
  const range = parseSingleRangeHeaderValue(value);
  if (range === "failure" || range[0] === null) return false;
  const largest = behaviour.largestRangeNumber;
  const numbers = value.match(/\d+/g) ?? [];
  return largest === "any" || numbers.every((digits) => BigInt(digits) <= largest);
}

/** What a lenient parser makes of a range: the unit in any case, plus signs passed over. */
function lenientRange(value: string): string {
  return value.toLowerCase().replaceAll("+", "");
}

const number = /^\d+(?:\.\d+)?$/;
const integer = /^\d+$/;

/** Headers that describe the device, and the values that only Chromium considers safe. */
const clientHints: ReadonlyMap<string, RegExp> = new Map([
  ["dpr", number],
  ["device-memory", number],
  ["downlink", number],
  ["width", integer],
  ["viewport-width", integer],
  ["rtt", integer],
  ["ect", /^(?:slow-2g|2g|3g|4g)$/],
  ["save-data", /^on$/i],
  ["intervention", /(?:)/],
]);

/** Is this a header that describes the device? */
export function isClientHint(lowerName: string): boolean {
  return clientHints.has(lowerName);
}

/**
 * Start and end of `bytes=1-2`, without any whitespace; null where a side is missing.
 *
 * @returns `failure` for every other form
 * @see https://fetch.spec.whatwg.org/#simple-range-header-value
 */
export function parseSingleRangeHeaderValue(
  value: string,
): readonly [start: number | null, end: number | null] | "failure" {
  const match = /^bytes=(\d*)-(\d*)$/.exec(value);
  if (match === null) return "failure";
  const [start, end] = match.slice(1).map((digits) => (digits === "" ? null : Number(digits)));
  if (start === undefined || end === undefined || (start === null && end === null)) return "failure";
  if (start !== null && end !== null && start > end) return "failure";
  return [start, end];
}
