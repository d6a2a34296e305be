import { isToken } from "../http/token.ts";
import type { Behaviour } from "./behaviour.ts";
import { isCorsSafelistedRequestHeader } from "./cors-safelisted-request-header.ts";
import { isForbiddenRequestHeader } from "./forbidden-request-header.ts";
import { getHeader, type Header, normalizeHeaderValue } from "./header-list.ts";
import type { Mode } from "./request.ts";

const noCorsNames: ReadonlySet<string> = new Set(["accept", "accept-language", "content-language", "content-type"]);

/**
 * The headers of a request from what the script handed over. Forbidden ones are dropped without a word, as browsers do.
 *
 * @returns the headers, or what is wrong with one of them
 * @see https://fetch.spec.whatwg.org/#concept-headers-fill
 */
export function fillHeaders(
  init: RequestInit["headers"],
  mode: Mode,
  behaviour: Behaviour,
): readonly Header[] | string {
  const list: Header[] = [];
  for (const [name, written] of entriesOf(init)) {
    const value = normalizeHeaderValue(written);
    if (!isToken(name)) return `"${name}" is no header name.`;
    if (!isHeaderValue(value)) return `The value of the header ${name} has bytes that no header may have.`;
    if (isForbiddenRequestHeader([name, value])) continue;
    if (behaviour.dropsUserAgent && name.toLowerCase() === "user-agent") continue;
    if (mode === "no-cors" && !isNoCorsSafelisted(list, name, value, behaviour)) continue;
    list.push([sameCase(list, name), value]);
  }
  return list;
}

function entriesOf(init: RequestInit["headers"]): Iterable<readonly [name: string, value: string]> {
  if (init === undefined) return [];
  if (init instanceof Headers) return init;
  return Array.isArray(init) ? init.map(([name = "", value = ""]) => [name, value] as const) : Object.entries(init);
}

/** The name as it stands in the list already, if it does. @see https://fetch.spec.whatwg.org/#concept-header-list-append */
function sameCase(list: readonly Header[], name: string): string {
  const lowerName = name.toLowerCase();
  return list.find(([known]) => known.toLowerCase() === lowerName)?.[0] ?? name;
}

/** @see https://fetch.spec.whatwg.org/#header-value */
function isHeaderValue(value: string): boolean {
  return !/[\0\n\r]|[^\u0000-\u00ff]/.test(value);
}

/** @see https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header */
function isNoCorsSafelisted(list: readonly Header[], name: string, value: string, behaviour: Behaviour): boolean {
  const lowerName = name.toLowerCase();
  if (!noCorsNames.has(lowerName)) return false;
  const before = getHeader(list, lowerName);
  return isCorsSafelistedRequestHeader([name, before === null ? value : `${before}, ${value}`], behaviour);
}
