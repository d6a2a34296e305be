import type { Decision, Malformed, Reason } from "../decide/decision.ts";
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
  readonly status?: 204 | 200 | 403;
  /** The method of the request: `OPTIONS` for a preflight. */
  readonly method: string;
  /** The path, without the query, for that often holds a secret; absent where the host does not tell it. */
  readonly path?: string;
  /** The `Origin` that was sent; absent if there was none, or several. */
  readonly origin?: string;
  /** With the reason `method-refused`: the method that the page wants to use. */
  readonly refusedMethod?: string;
  /** With the reason `headers-refused`: the names that are not allowed, the first 32 of them. */
  readonly names?: readonly string[];
  /** With the reason `malformed`: the header that is. */
  readonly field?: Malformed["field"];
}

/** What is known of a request beside the decision. */
export interface DecidedRequest {
  readonly method: string;
  /** The target of the request line, or an absolute URL. */
  readonly url: string | undefined;
}

/** Characters kept. An origin that a browser sends has at most 330; names and methods are rarely over 40. */
const longestOrigin = 330;
const longestPath = 256;
const longestName = 64;
const mostNames = 32;

/** Makes the event of a decision. Called only if somebody watches. */
export function decisionEvent(decision: Decision, request: DecidedRequest): DecisionEvent {
  const path = request.url === undefined ? undefined : pathOf(request.url);
  return {
    time: Date.now(),
    reason: decision.reason,
    preflight: decision.preflight,
    ...(decision.status === undefined ? {} : { status: decision.status }),
    method: printable(request.method, longestName),
    ...(path === undefined ? {} : { path: printable(path, longestPath) }),
    ...(decision.origin === undefined ? {} : { origin: printable(decision.origin, longestOrigin) }),
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
