import { extractHeaderListValues } from "../browser/header-list.ts";
import { type Engine, type FailureCode, openPage, type PageRequestInit, type Trace } from "../browser/index.ts";
import { isSafelistedResponseHeader } from "../http/header-names.ts";
import { parseUrl } from "../http/parse-url.ts";
import { parseOrigin } from "../origin/parse-origin.ts";
import { describeTrace } from "./describe-trace.ts";
import { type Server, toTransport, urlOf } from "./server.ts";

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

/**
 * The call by which a page makes the request.
 *
 * @throws {TypeError} naming the field, if CORS does not apply to it
 */
function pageCall(request: CrossOriginRequest, listening: URL | undefined): { url: string; init: PageRequestInit } {
  const { origin, method = "GET", headers = [], credentials = false } = request;
  if (typeof origin !== "string" || (origin !== "null" && parseOrigin(origin) === undefined)) {
    throw new TypeError(
      `origin: ${JSON.stringify(origin)} is not an origin. Write "https://app.example.com", or "null".`,
    );
  }
  const base = listening ?? new URL(origin === inProcess ? "https://api.example.net" : inProcess);
  const url = parseUrl(request.url ?? "", base);
  if (url === null) throw new TypeError(`url: ${JSON.stringify(request.url)} is not a URL. Write a path, "/orders".`);
  if (url.origin === origin) {
    throw new TypeError(`url: ${url.origin} is the page's own origin, where CORS does not apply. Use another origin.`);
  }
  const lines = Object.entries(headers).map(([name, value]): [string, string] =>
    Array.isArray(headers) ? [value, usualValues[value.toLowerCase()] ?? "1"] : [name, value],
  );
  const init = { method, headers: lines };
  return { url: url.href, init: credentials ? { ...init, credentials: "include" } : init };
}

/** Values with which a name needs a preflight, as it does in use. */
const usualValues: Readonly<Record<string, string>> = {
  "content-type": "application/json",
  authorization: "Bearer token",
};

/** What a browser makes of a request to a server. */
export interface CrossOriginVerdict {
  /** May the page make the request, read the answer, and read the headers that it must? */
  readonly allowed: boolean;
  /** The headers of `expose` that the page may not read. */
  readonly hiddenHeaders: readonly string[];
  readonly url: string;
  readonly trace: Trace;
}

/** Failures without a verdict on CORS: no request could be made, or no answer came. */
const noVerdict: ReadonlySet<FailureCode> = new Set([
  "server-down",
  "connection-broken",
  "dns-failure",
  "tls-failure",
  "opaque-network-error",
  "request-aborted",
  "mixed-content",
  "unsafe-port",
  "invalid-url",
  "url-contains-credentials",
  "invalid-method",
  "forbidden-method",
  "invalid-header",
]);

/**
 * Makes the request on a page of that origin, preflight and all, and says whether the page may read the answer. The request is really made:
 * a DELETE that is allowed reaches the server.
 *
 * @throws {TypeError} if the request or the server is invalid
 * @throws {PolicyError} if the server is a policy with a mistake
 * @throws {Error} if there is no verdict, because no answer came
 *
 * @example
 * ```ts
 * import { judgeCrossOrigin } from "@corsmith/cors/testing";
 *
 * const policy = { allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] };
 * const { allowed } = await judgeCrossOrigin(policy, { origin: "https://app.example.com", method: "PUT" });
 * console.assert(allowed);
 * const other = await judgeCrossOrigin(policy, { origin: "https://evil.example", method: "PUT" });
 * console.assert(!other.allowed);
 * ```
 */
export async function judgeCrossOrigin(server: Server, request: CrossOriginRequest): Promise<CrossOriginVerdict> {
  const { url, init } = pageCall(request, urlOf(server));
  const { origin, engine = "standard", expose = [] } = request;
  const trace = await openPage({ origin, engine, transport: toTransport(server) }).trace(url, init);
  if (trace.outcome === "error" && noVerdict.has(trace.code)) {
    throw new Error(
      `There is no verdict: the request could not be made, or no answer came.\n\n${describeTrace(trace)}`,
    );
  }
  const hiddenHeaders = trace.outcome === "ok" ? expose.filter((name) => !isExposed(name, request, trace)) : [];
  return { allowed: trace.outcome === "ok" && hiddenHeaders.length === 0, hiddenHeaders, url, trace };
}

/** @see https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list */
function isExposed(name: string, { credentials = false }: CrossOriginRequest, { exchanges }: Trace): boolean {
  const lowerName = name.toLowerCase();
  if (isSafelistedResponseHeader(lowerName)) return true;
  const listed = extractHeaderListValues("access-control-expose-headers", exchanges.at(-1)?.response?.headers ?? []);
  if (listed === null || listed === "failure") return false;
  return listed.some((each) => each.toLowerCase() === lowerName || (each === "*" && !credentials));
}
