import type { Decision, DecisionTerms, Malformed, Reason, RequestFacts } from "../decide/decision.ts";
import type { RawRequest } from "../http/node-messages.ts";
import { printable } from "../http/printable.ts";

/**
 * One decision, as those who watch are told of it. Plain data of bounded size; whatever a stranger wrote is capped and escaped, and can
 * be printed. It holds no cookie, no Authorization value, no query and no body.
 */
export interface DecisionEvent {
  /** When it was decided, in milliseconds since 1970. */
  readonly time: number;
  readonly reason: Reason;
  readonly preflight: boolean;
  /** The status with which the request was answered at once; absent: it went to the application. */
  readonly status?: 204 | 200 | 403 | undefined;
  /** The method of the request: `OPTIONS` for a preflight. */
  readonly method: string;
  /** The path, without the query, for that often holds a secret; absent where the host does not tell it. */
  readonly path?: string | undefined;
  /** The `Origin` that was sent; absent if there was none, or several. */
  readonly origin?: string | undefined;
  /** `Access-Control-Request-Method` and `Access-Control-Request-Headers`: what the page of a preflight wants to use. */
  readonly requestedMethod?: string | undefined;
  readonly requestedHeaders?: string | undefined;
  /** What the answer says: the values of its CORS headers, and the members of `Vary`. Absent headers are `undefined`. */
  readonly answer: DecisionAnswer;
  /** Did the request bring a cookie or an `Authorization`? Absent until the answer is out. */
  readonly credentials?: boolean;
  /** The status that was sent in the end, whoever made it; absent before, and where the host does not show it. */
  readonly finalStatus?: number;
  /** Was it an error that went to an allowed origin without `Access-Control-Allow-Origin`, so that its page could not read it? */
  readonly headerless?: boolean;
  /** With the reason `method-refused`: the method that the page wants to use. */
  readonly refusedMethod?: string;
  /** With the reason `headers-refused`: the names that are not allowed, the first 32 of them. */
  readonly names?: readonly string[];
  /** With the reason `malformed`: the header that is. */
  readonly field?: Malformed["field"];
}

/** The part of a decision that its answer is made of. */
export type DecisionAnswer = Pick<
  DecisionTerms,
  "allowOrigin" | "allowCredentials" | "allowMethods" | "allowHeaders" | "exposeHeaders" | "maxAge" | "vary"
>;

/** Characters kept. An origin that a browser sends has at most 330; names and methods are rarely over 40. */
const longestOrigin = 330;
const longestPath = 256;
const longestName = 64;
const mostNames = 32;
const longestList = 1_024;

/**
 * Makes the event of a decision. Called only if somebody watches. Where the request was sent is the target of the request line, or an
 * absolute URL.
 */
export function decisionEvent(
  decision: Decision,
  { method, requestMethod, requestHeaders }: RequestFacts,
  { url, originalUrl = url }: Pick<RawRequest, "url" | "originalUrl">,
): DecisionEvent {
  const { allowOrigin, allowCredentials, allowMethods, allowHeaders, exposeHeaders, maxAge, vary } = decision;
  return {
    time: Date.now(),
    reason: decision.reason,
    preflight: decision.preflight,
    status: decision.status,
    method: printable(method, longestName),
    path: originalUrl && printable(pathOf(originalUrl), longestPath),
    origin: decision.origin && printable(decision.origin, longestOrigin),
    requestedMethod: requestMethod && printable(requestMethod, longestName),
    requestedHeaders: requestHeaders && printable(`${requestHeaders}`, longestList),
    answer: { allowOrigin, allowCredentials, allowMethods, allowHeaders, exposeHeaders, maxAge, vary },
    ...detailOf(decision),
  };
}

function detailOf(decision: Decision): Partial<DecisionEvent> {
  switch (decision.reason) {
    case "method-refused":
      return { refusedMethod: printable(decision.method, longestName) };
    case "headers-refused":
      return { names: decision.names.slice(0, mostNames).map((name) => printable(name, longestName)) };
    case "malformed":
      return { field: decision.field };
    default:
      return {};
  }
}

/** Behind the scheme and the authority, if they are there, and before the query: nothing is decoded or joined. */
const pathOfUrl = /^(?:[^/?#]*:\/\/[^/?#]*)?([^?#]*)/;

/** The path of a target or of a URL, as it was sent. */
function pathOf(url: string): string {
  return pathOfUrl.exec(url)?.[1] || "/";
}
