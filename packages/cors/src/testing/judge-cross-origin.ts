import { extractHeaderListValues } from "../browser/extract-header-list-values.ts";
import { type FailureCode, openPage, type Trace } from "../browser/index.ts";
import { isSafelistedResponseHeader } from "../http/header-names.ts";
import { type CrossOriginRequest, pageCall } from "./cross-origin-request.ts";
import { describeTrace } from "./describe-trace.ts";
import { type Server, toTransport, urlOf } from "./server.ts";

/** What a browser makes of a request to a server. */
export interface CrossOriginVerdict {
  /** May the page make the request, read the answer, and read the headers that it must? */
  readonly allowed: boolean;
  /** The headers of `expose` that the page may not read. */
  readonly hiddenHeaders: readonly string[];
  readonly url: string;
  readonly trace: Trace;
}

/** What says nothing of CORS: no request could be made, or no answer came. */
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
 * @throws TypeError if the request or the server is none
 * @throws {PolicyError} if the server is a policy with a mistake
 * @throws Error if nothing can be said, because no answer came
 *
 * @example
 * ```ts
 * import { judgeCrossOrigin } from "@corsmith/cors/testing";
 *
 * const policy = { allowOrigins: ["https://app.example.com"], allowMethods: ["PUT"] };
 * const { allowed } = await judgeCrossOrigin(policy, { origin: "https://app.example.com", method: "PUT" });
 * console.assert(allowed);
 * const stranger = await judgeCrossOrigin(policy, { origin: "https://evil.example", method: "PUT" });
 * console.assert(!stranger.allowed);
 * ```
 */
export async function judgeCrossOrigin(server: Server, request: CrossOriginRequest): Promise<CrossOriginVerdict> {
  const { url, init } = pageCall(request, urlOf(server));
  const { origin, engine = "standard", expose = [] } = request;
  const trace = await openPage({ origin, engine, transport: toTransport(server) }).trace(url, init);
  if (trace.outcome === "error" && noVerdict.has(trace.code)) {
    throw new Error(`Nothing can be said of CORS here.\n\n${describeTrace(trace)}`);
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
