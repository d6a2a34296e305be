import type { Behaviour } from "./behaviour.ts";
import { type Header, type HeaderList, headerLines } from "./header-list.ts";
import { parseSingleRangeHeaderValue } from "./parse-single-range-header-value.ts";
import type { FetchRequest } from "./request.ts";

/** The script's headers in the form in which the engine sends them; by the standard that is as they are. */
export function sentHeaders({ headerList: list, method, cacheMode }: FetchRequest, behaviour: Behaviour): HeaderList {
  const rewritesRange = behaviour.rewritesRange && method === "GET" && cacheMode !== "no-store";
  const { headerBytesAsUtf8, lastAuthorizationWins } = behaviour;
  if (!rewritesRange && !headerBytesAsUtf8 && !lastAuthorizationWins) return list;
  const last = headerLines(list, "authorization").at(-1);
  return list.flatMap(([name, value]): Header[] => {
    const lowerName = name.toLowerCase();
    if (lowerName === "authorization" && lastAuthorizationWins && value !== last) return [];
    if (lowerName === "range" && rewritesRange) return [[name, plainRange(value)]];
    return [[name, headerBytesAsUtf8 ? utf8(value) : value]];
  });
}

function plainRange(value: string): string {
  const range = parseSingleRangeHeaderValue(value.replace(/^bytes[\t ]*=/i, "bytes=").replaceAll(/[\t ]/g, ""));
  if (range === "failure" || range.some((end) => end !== null && end >= 2 ** 63)) return value;
  return `bytes=${range[0] ?? ""}-${range[1] ?? ""}`;
}

function utf8(value: string): string {
  return String.fromCharCode(...new TextEncoder().encode(value));
}
