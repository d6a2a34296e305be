import type { Behaviour } from "./behaviour.ts";
import { isSafeClientHint } from "./client-hints.ts";
import type { Header } from "./header-list.ts";
import { mimeTypeEssence } from "./mime-type-essence.ts";
import { parseSingleRangeHeaderValue } from "./parse-single-range-header-value.ts";

/** The most bytes that a safelisted value may have. */
export const maxSafelistedValueBytes = 128;

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
      return behaviour.safelistsClientHints && isSafeClientHint(lowerName, value);
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
