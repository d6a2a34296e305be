import type { Behaviour } from "./behaviour.ts";
import { isConditional } from "./conditional-headers.ts";
import { containsHeader, type Header, type HeaderList } from "./header-list.ts";
import { parseSingleRangeHeaderValue } from "./parse-single-range-header-value.ts";
import type { FetchRequest } from "./request.ts";
import { withoutBodyHeaders } from "./request-body-headers.ts";

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
