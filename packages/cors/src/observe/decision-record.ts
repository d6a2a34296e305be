import type { Decision, DecisionTerms, Reason, RequestFacts } from "../decide/decision.ts";
import { printable } from "../http/printable.ts";
import { splitTarget } from "../http/target.ts";

/** What was decided: a preflight, a request that goes to the application, or the request for a WebSocket. */
export type DecisionKind = "preflight" | "actual" | "websocket";

/**
 * One decision, and what became of its request. `onDecision`, the diagnostics channel, `sendDecisions`, and the gateway's log, metrics and
 * journal all carry this one record. Plain data; it holds no cookie, no Authorization value, no query and no body. The adapters cap and
 * escape what came with the request, so that it can be printed; the gateway leaves that to its log and its journal.
 */
export interface DecisionRecord {
  /** When the request arrived, or was decided, in milliseconds since 1970. */
  readonly time: number;
  readonly kind: DecisionKind;
  readonly reason: Reason;
  readonly preflight: boolean;
  /** The status with which the request was answered at once; absent: it went to the application. */
  readonly status?: 204 | 200 | 403 | undefined;
  /** The method of the request: `OPTIONS` for a preflight. */
  readonly method: string;
  /** The path, without the query, for that often holds a secret; absent where the host does not show it. */
  readonly path?: string | undefined;
  /** The `Origin` that was sent; absent if there was none, or several. */
  readonly origin?: string | undefined;
  /** `Access-Control-Request-Method` and `Access-Control-Request-Headers`: what the page of a preflight wants to use. */
  readonly requestedMethod?: string | undefined;
  readonly requestedHeaders?: string | undefined;
  /** What exactly was refused, by {@link refusedDetail}. */
  readonly refused: readonly string[];
  /** What the answer says: the values of its CORS headers, and the members of `Vary`. Absent headers are `undefined`. */
  readonly answer: DecisionAnswer;

  // What is known when the answer is out.

  /** Did the request bring a cookie or an `Authorization`? */
  readonly credentials?: boolean | undefined;
  /** The status that was sent in the end, no matter what made it; absent where the host does not show it. */
  readonly finalStatus?: number | undefined;
  /** Was it an error that went to an allowed origin without `Access-Control-Allow-Origin`, so that its page could not read it? */
  readonly headerless?: boolean | undefined;

  // What only a gateway knows.

  /** The path of the route whose policy decided; of a middleware, the name of its service. */
  readonly route?: string | undefined;
  /** The host of the API as the client named it. */
  readonly host?: string | undefined;
  /** The names of the request's headers. */
  readonly headerNames?: readonly string[] | undefined;
  /** `Sec-Fetch-Mode` and `Sec-Fetch-Site`. */
  readonly fetchMode?: string | undefined;
  readonly fetchSite?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Did the answer break off, or did the client leave before it ended? */
  readonly aborted?: boolean | undefined;
  /** From the arrival of the request to the end of its answer, in milliseconds. */
  readonly durationMs?: number | undefined;
}

/** The part of a decision that its answer is made of. */
export type DecisionAnswer = Pick<
  DecisionTerms,
  "allowOrigin" | "allowCredentials" | "allowMethods" | "allowHeaders" | "exposeHeaders" | "maxAge" | "vary"
>;

/** Characters kept. An origin that a browser sends has at most 330; names and methods are rarely over 40. */
const maxOrigin = 330;
const maxPath = 256;
const maxName = 64;
const maxNames = 32;
const maxList = 1_024;

/**
 * Makes the record of a decision whose answer is still to come. Called only if there is a listener.
 *
 * @param target where the request was sent: the target of the request line, or an absolute URL
 */
export function decisionRecord(
  decision: Decision,
  { method, requestMethod, requestHeaders, upgrade }: RequestFacts,
  target: string | undefined,
): DecisionRecord {
  const { preflight, allowOrigin, allowCredentials, allowMethods, allowHeaders, exposeHeaders, maxAge, vary } =
    decision;
  return {
    time: Date.now(),
    kind: preflight ? "preflight" : upgrade === true ? "websocket" : "actual",
    reason: decision.reason,
    preflight,
    status: decision.status,
    method: printable(method, maxName),
    path: target && printable(splitTarget(target).path, maxPath),
    origin: decision.origin && printable(decision.origin, maxOrigin),
    requestedMethod: requestMethod && printable(requestMethod, maxName),
    requestedHeaders: requestHeaders && printable(`${requestHeaders}`, maxList),
    refused: refusedDetail(decision)
      .slice(0, maxNames)
      .map((name) => printable(name, maxName)),
    answer: { allowOrigin, allowCredentials, allowMethods, allowHeaders, exposeHeaders, maxAge, vary },
  };
}

/** What exactly was refused, as it came: the method, the header names, or the header that is malformed. Empty if it was the origin, or nothing. */
export function refusedDetail(decision: Decision): readonly string[] {
  switch (decision.reason) {
    case "method-refused":
      return [decision.method];
    case "headers-refused":
      return decision.names;
    case "malformed":
      return [decision.field];
    default:
      return [];
  }
}
