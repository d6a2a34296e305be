import type { Header, PageRequestInit } from "@corsmith/cors/browser";

/** One thing that a page asks, what the server answers, and what comes of it by the standard. */
export interface BenchCase {
  readonly id: string;
  readonly title: string;
  /** Path at the server, by which it knows the case. */
  readonly path: string;
  readonly init: PageRequestInit & { readonly method: string; readonly headers: Readonly<Record<string, string>> };
  readonly readable: boolean;
  /** Also where the standard asks for none: happy-dom asks before every request, and wants GET to be named. */
  readonly preflight: readonly Header[];
  readonly answer: readonly Header[];
}

/** The pages' origin. The servers of the contenders with sockets are on ports that the system picks, and never this one. */
export const pageOrigin = "http://app.localhost:5173";

const own: Header = ["Access-Control-Allow-Origin", pageOrigin];
const credentials: Header = ["Access-Control-Allow-Credentials", "true"];
const json: Header = ["Content-Type", "application/json"];
const asked: readonly Header[] = [
  own,
  ["Access-Control-Allow-Methods", "GET, PUT, DELETE"],
  ["Access-Control-Allow-Headers", "content-type, x-a"],
  // Every trace asks again: what is measured is the whole of it.
  ["Access-Control-Max-Age", "0"],
];
const put = { method: "PUT", headers: { "Content-Type": "application/json", "X-A": "1" } };

export const benchCases: readonly BenchCase[] = [
  {
    id: "simple-allowed",
    title: "GET, allowed",
    path: "/simple-allowed",
    init: { method: "GET", headers: {} },
    readable: true,
    preflight: asked,
    answer: [json, own, ["Vary", "Origin"]],
  },
  {
    id: "simple-refused",
    title: "GET, no header",
    path: "/simple-refused",
    init: { method: "GET", headers: {} },
    readable: false,
    preflight: [],
    answer: [json],
  },
  {
    id: "credentials-allowed",
    title: "GET with credentials, allowed",
    path: "/credentials-allowed",
    init: { method: "GET", headers: {}, credentials: "include" },
    readable: true,
    preflight: [...asked, credentials],
    answer: [json, own, credentials, ["Access-Control-Expose-Headers", "X-Total"], ["X-Total", "3"]],
  },
  {
    id: "preflight-allowed",
    title: "PUT of JSON, preflight, allowed",
    path: "/preflight-allowed",
    init: put,
    readable: true,
    preflight: asked,
    answer: [json, own],
  },
  {
    id: "header-refused",
    title: "PUT, preflight, header refused",
    path: "/header-refused",
    init: { ...put, headers: { "X-B": "1" } },
    readable: false,
    preflight: asked,
    answer: [json, own],
  },
  {
    id: "method-refused",
    title: "PATCH, preflight, method refused",
    path: "/method-refused",
    init: { ...put, method: "PATCH" },
    readable: false,
    preflight: asked,
    answer: [json, own],
  },
];

/** The server of all cases: what it answers to a method at a path. */
export function answerTo(
  method: string,
  path: string,
): { readonly status: number; readonly headers: readonly Header[] } {
  const found = benchCases.find((each) => each.path === path);
  if (found === undefined) return { status: 404, headers: [] };
  return method === "OPTIONS" ? { status: 204, headers: found.preflight } : { status: 200, headers: found.answer };
}
