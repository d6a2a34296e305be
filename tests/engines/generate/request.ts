import type { OracleRequest } from "../../oracle/oracle-case.ts";
import type { Chooser } from "./chooser.ts";
import {
  badMethods,
  bodies,
  clientHints,
  forbidden,
  invalid,
  nearlySafe,
  otherMethods,
  safelistedMethods,
  unsafe,
} from "./request-words.ts";

type Line = readonly [name: string, value: string];

/** What kind of request is wanted. */
export interface RequestWish {
  readonly url: string;
  /** `simple`: a safelisted method and headers that are nearly so. `any`: anything that can be made. */
  readonly reach: "simple" | "any";
}

/** A request, and tags for what is odd about it. */
export interface DraftRequest {
  readonly request: OracleRequest;
  readonly tags: readonly string[];
}

/** Makes a request. */
export function draftRequest(choose: Chooser, { url, reach }: RequestWish): DraftRequest {
  const tags: string[] = [];
  const method = draftMethod(choose, reach, tags);
  const headers = draftHeaders(choose, reach, tags);
  const withBody = !/^(get|head)$/i.test(method) && choose.chance(60);
  const request: OracleRequest = {
    url: draftUrl(choose, url),
    method,
    headers,
    body: withBody ? choose.oneOf(bodies) : null,
    mode: "cors",
    credentials: choose.oneOf(["include", "include", "same-origin", "same-origin", "omit"]),
    redirect: choose.chance(92) ? "follow" : choose.oneOf(["manual", "error"]),
    cache: choose.chance(88) ? "default" : choose.oneOf(["no-store", "reload", "no-cache", "force-cache"]),
  };
  return { request, tags };
}

function draftUrl(choose: Chooser, url: string): string {
  return choose.chance(85) ? url : `${url}${choose.oneOf(["?q=1", "#frag", "?q=1#frag", "?", "?é=1"])}`;
}

function draftMethod(choose: Chooser, reach: RequestWish["reach"], tags: string[]): string {
  if (choose.chance(2)) {
    const method = choose.oneOf(badMethods);
    tags.push(`bad-method:${JSON.stringify(method)}`);
    return method;
  }
  return reach === "any" && choose.chance(55) ? choose.oneOf(otherMethods) : choose.oneOf(safelistedMethods);
}

function draftHeaders(choose: Chooser, reach: RequestWish["reach"], tags: string[]): readonly Line[] {
  const safe = choose.some(nearlySafe, 2).map((lines) => choose.oneOf(lines));
  const rest = reach === "any" ? choose.some(unsafe, 3) : [];
  const lines: Line[] = [...safe, ...rest];
  const add = (tag: string, percent: number, more: () => readonly Line[]): void => {
    if (!choose.chance(percent)) return;
    tags.push(tag);
    lines.splice(choose.below(lines.length + 1), 0, ...more());
  };
  add("client-hint", reach === "any" ? 8 : 5, () => choose.some(clientHints, 2));
  add("forbidden-header", 7, () => [choose.oneOf(forbidden)]);
  add("repeated-header", 5, () => repeated(choose));
  add("bad-header", 1, () => [choose.oneOf(invalid)]);
  return lines;
}

/** Lines of one name, near the limit of 128 bytes for one value and 1,024 for all. */
function repeated(choose: Chooser): readonly Line[] {
  const name = choose.oneOf([
    "accept",
    "accept",
    "accept-language",
    "content-language",
    "range",
    "content-type",
    "x-a",
  ]);
  const length = choose.oneOf([1, 20, 60, 63, 64, 127, 128]);
  const count = choose.oneOf([2, 2, 3, 8, 9]);
  const value = name === "range" ? "bytes=0-" : name === "content-type" ? "text/plain" : "a".repeat(length);
  return Array.from({ length: count }, () => [name, value] as const);
}
