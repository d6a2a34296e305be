import { isForbiddenRequestHeader as isForbiddenName } from "../../http/header-names.ts";
import { isForbiddenMethod } from "../../http/methods.ts";
import { isToken } from "../../http/token.ts";
import { isCorsSafelistedRequestHeader, parseSingleRangeHeaderValue } from "../cors/safelisted-request-headers.ts";
import type { Behaviour } from "../engines/behaviour.ts";
import {
  containsHeader,
  deleteHeader,
  getHeader,
  type Header,
  type HeaderList,
  isConditional,
  normalizeHeaderValue,
} from "../header-list.ts";
import type { StepFacts } from "../step.ts";
import type { FetchRequest, Mode } from "./request.ts";

const noCorsNames: ReadonlySet<string> = new Set(["accept", "accept-language", "content-language", "content-type"]);

/**
 * The headers of a request from what the script gave. Forbidden ones are silently dropped, as browsers do.
 *
 * @see https://fetch.spec.whatwg.org/#concept-headers-fill
 */
export function fillHeaders(
  init: RequestInit["headers"],
  mode: Mode,
  behaviour: Behaviour,
): readonly Header[] | StepFacts["new-request/headers"] {
  const list: Header[] = [];
  for (const [name, written] of entriesOf(init)) {
    const value = normalizeHeaderValue(written);
    if (!isToken(name)) return { name, wrong: "name" };
    if (!isHeaderValue(value)) return { name, wrong: "value" };
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

const methodOverrides: ReadonlySet<string> = new Set(["x-http-method", "x-http-method-override", "x-method-override"]);

/**
 * Is this a header that a script cannot set, so that the browser silently drops it?
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
function isForbiddenRequestHeader([name, value]: Header): boolean {
  const lowerName = name.toLowerCase();
  if (isForbiddenName(lowerName)) return true;
  if (!methodOverrides.has(lowerName)) return false;
  return splitValue(value).some(isForbiddenMethod);
}

/** Members between commas that stand outside of quoted strings. @see https://fetch.spec.whatwg.org/#header-value-get-decode-and-split */
function splitValue(value: string): readonly string[] {
  const members = value.match(/(?:"(?:\\.|[^"\\])*"?|[^",])+/g) ?? [];
  return members.map((member) => member.replace(/^[\t ]+|[\t ]+$/g, ""));
}

/** The script's headers in the form in which the engine sends them; by the standard that is as they are. */
export function sentHeaders(request: FetchRequest, behaviour: Behaviour): HeaderList {
  const { headerList, method, cacheMode } = request;
  // An engine that begins with the script's own headers every time asks for names that it does not send.
  const onlyNamed = behaviour.removedHeadersReturn === "all" && request.firstMethodBecameGet;
  const list = onlyNamed ? withoutBodyHeaders(headerList) : headerList;
  const rewritesRange =
    behaviour.rewritesRange && method === "GET" && cacheMode !== "no-store" && !isConditional(headerList);
  const { headerBytesAsUtf8, singleHeaders } = behaviour;
  if (!rewritesRange && !headerBytesAsUtf8 && singleHeaders.length === 0) return list;
  return list.flatMap(([name, value], index): Header[] => {
    const lowerName = name.toLowerCase();
    if (singleHeaders.includes(lowerName) && containsHeader(list.slice(index + 1), lowerName)) return [];
    if (lowerName === "range" && rewritesRange) return [[name, plainRange(value)]];
    return [[name, headerBytesAsUtf8 ? utf8(value) : value]];
  });
}

function plainRange(value: string): string {
  const plain = value.replace(/^bytes[\t ]*=/i, "bytes=").replaceAll(/[\t ]/g, "");
  const range = parseSingleRangeHeaderValue(plain.replaceAll(/([=-])\+(?=\d)/g, "$1"));
  if (range === "failure" || range.some((end) => end !== null && end >= 2 ** 63)) return value;
  return `bytes=${range[0] ?? ""}-${range[1] ?? ""}`;
}

function utf8(value: string): string {
  return String.fromCharCode(...new TextEncoder().encode(value));
}

const names = ["content-encoding", "content-language", "content-location", "content-type"] as const;

/** The headers without those that describe the body. @see https://fetch.spec.whatwg.org/#request-body-header-name */
export function withoutBodyHeaders(list: HeaderList): HeaderList {
  return names.reduce(deleteHeader, list);
}
