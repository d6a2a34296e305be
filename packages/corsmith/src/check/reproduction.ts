import { type Header, redactUrl } from "@corsmith/cors/browser";
import { curlLine } from "../live/curl-line.ts";
import { headerValue, withPlaceholder } from "../live/headers.ts";
import type { CheckRequest } from "./check-request.ts";
import type { JudgedExchange } from "./judge.ts";

/** How to see the same without this program. Values that are secret stand as placeholders. */
export interface Reproduction {
  /** The preflight, if the request needs one. */
  readonly curlPreflight?: string;
  /** The request itself, with the `Origin` that a browser adds. */
  readonly curlRequest: string;
  /** To be pasted into the console of a page of the origin. */
  readonly console: string;
}

/** The commands for this request. */
export function reproduce(
  request: CheckRequest,
  exchanges: readonly JudgedExchange[],
  insecure: boolean,
): Reproduction {
  const preflight = exchanges.find(({ kind }) => kind === "preflight");
  return {
    ...(preflight && {
      curlPreflight: curlLine("OPTIONS", preflight.request.url, preflightHeaders(preflight), { insecure }),
    }),
    curlRequest: curlLine(request.method, request.url, requestHeaders(request), {
      insecure,
      ...(request.body !== undefined && { body: request.body }),
    }),
    console: consoleSnippet(request),
  };
}

function preflightHeaders({ request }: JudgedExchange): readonly Header[] {
  const names = ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"];
  return names.flatMap((name): Header[] => {
    const value = headerValue(request.headers, name);
    return value === undefined ? [] : [[name, value]];
  });
}

function requestHeaders({ origin, headers, credentials }: CheckRequest): readonly Header[] {
  const cookie: Header[] = credentials ? [["Cookie", "YOUR-COOKIE"]] : [];
  return [["Origin", origin], ...headers.map(withPlaceholder), ...cookie];
}

function consoleSnippet({ url, method, headers, credentials, mode, body }: CheckRequest): string {
  const init = {
    ...(method === "GET" ? {} : { method }),
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers.map(withPlaceholder)) }),
    ...(credentials ? { credentials: "include" } : {}),
    ...(mode === undefined || mode === "cors" ? {} : { mode }),
    ...(body === undefined ? {} : { body }),
  };
  const options = Object.keys(init).length === 0 ? "" : `, ${JSON.stringify(init)}`;
  return `await fetch(${JSON.stringify(redactUrl(url))}${options}).then((r) => console.log(r.status), console.error)`;
}

/** What the server has to answer for the request to pass, a line each. */
export interface Expectation {
  /** If the request needs a preflight. */
  readonly preflight?: readonly string[];
  readonly answer: readonly string[];
}

/** What a server that allows this request answers. */
export function expect(
  { origin, credentials, method }: CheckRequest,
  preflight: JudgedExchange | undefined,
): Expectation {
  const origins = [`Access-Control-Allow-Origin: ${origin}`];
  const both = credentials ? [...origins, "Access-Control-Allow-Credentials: true"] : origins;
  const answer = [...both, "Vary: Origin"];
  if (preflight === undefined) return { answer };
  const names = headerValue(preflight.request.headers, "access-control-request-headers");
  const isSafelisted = /^(?:GET|HEAD|POST)$/.test(method);
  return {
    preflight: [
      "status 204, or any other from 200 to 299",
      ...both,
      ...(isSafelisted ? [] : [`Access-Control-Allow-Methods: ${method}`]),
      ...(names === undefined ? [] : [`Access-Control-Allow-Headers: ${names}`]),
      "Vary: Origin",
    ],
    answer,
  };
}
