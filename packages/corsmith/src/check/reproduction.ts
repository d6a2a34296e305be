import { type Header, redactUrl } from "@corsmith/cors/browser";
import type { CheckRequest } from "./check-request.ts";
import { curlLine } from "./curl-line.ts";
import { headerValue } from "./header-lines.ts";
import type { JudgedExchange } from "./judge.ts";
import { withPlaceholder } from "./secret-headers.ts";

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
