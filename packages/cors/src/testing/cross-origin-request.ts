import type { Engine, Header, PageRequestInit } from "../browser/index.ts";
import { parseOrigin } from "../origin/parse-origin.ts";

/** A request of a page on another origin, and what the page must be able to do with the answer. */
export interface CrossOriginRequest {
  /** The page's, such as `https://app.example.com`; `"null"` for a sandboxed frame. */
  readonly origin: string;
  /** Default GET. */
  readonly method?: string;
  /** Request headers: their names, or names with values. */
  readonly headers?: readonly string[] | Readonly<Record<string, string>>;
  /** Does the page send cookies, as `credentials: "include"`? Default false. */
  readonly credentials?: boolean;
  /** Where; a path is one of the server's own. Default `/`. */
  readonly url?: string;
  /** Response headers that the page must be allowed to read, whether or not this answer has them. */
  readonly expose?: readonly string[];
  /** Whose behaviour; the standard's letter if left out. */
  readonly engine?: Engine;
}

/** Where a server is that listens nowhere. */
const inProcess = "https://api.example.com";

/** The request as a page makes it. */
export interface PageCall {
  readonly url: string;
  readonly init: PageRequestInit;
}

/**
 * What a page has to be told to make the request.
 *
 * @throws TypeError naming the field, if it asks for something that says nothing of CORS
 */
export function pageCall(request: CrossOriginRequest, listening: URL | undefined): PageCall {
  const { origin, method = "GET", headers = [], credentials = false } = request;
  if (typeof origin !== "string" || (origin !== "null" && parseOrigin(origin) === undefined)) {
    throw new TypeError(`origin: ${JSON.stringify(origin)} is no origin. Write "https://app.example.com", or "null".`);
  }
  const base = listening ?? new URL(origin === inProcess ? "https://api.example.net" : inProcess);
  const url = URL.parse(request.url ?? "", base);
  if (url === null) throw new TypeError(`url: ${JSON.stringify(request.url)} is no URL. Write a path, "/orders".`);
  if (url.origin === origin) {
    throw new TypeError(
      `url: ${url.origin} is the page's own origin, where CORS has nothing to say. Ask from another.`,
    );
  }
  const lines = isList(headers) ? headers.map((name): Header => [name, someValue(name)]) : Object.entries(headers);
  const init = { method, headers: lines.map(([...line]): [string, string] => line) };
  return { url: url.href, init: credentials ? { ...init, credentials: "include" } : init };
}

function isList(headers: CrossOriginRequest["headers"]): headers is readonly string[] {
  return Array.isArray(headers);
}

/** A value with which the name needs a preflight, as it does in use. */
function someValue(name: string): string {
  switch (name.toLowerCase()) {
    case "content-type":
      return "application/json";
    case "authorization":
      return "Bearer token";
    default:
      return "1";
  }
}
