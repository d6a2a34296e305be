import type { Reason } from "@corsmith/cors";

/** What was decided: a preflight, a request that goes to the application, or the request for a WebSocket. */
export type DecisionKind = "preflight" | "actual" | "websocket";

/** Every kind, in the order in which people read them. */
export const decisionKinds: readonly DecisionKind[] = ["preflight", "actual", "websocket"];

/** Every reason, in the order in which people read them. */
export const reasons: readonly Reason[] = [
  "allowed",
  "origin-refused",
  "method-refused",
  "headers-refused",
  "origin-lookup-failed",
  "malformed",
  "not-cross-origin",
];

/** The engine of the browser that asked, by its `User-Agent`: the differences between browsers in CORS are those between engines. */
export type EngineFamily = "chromium" | "firefox" | "webkit" | "other" | "none";

/** What the journal counts of one decision, when its answer is over. */
export interface DecisionFacts {
  /** When the request arrived, in milliseconds since 1970. */
  readonly time: number;
  /** The path of the route whose policy decided; `/` for the policy beside the routes. For a middleware, the name of its service. */
  readonly route: string;
  readonly kind: DecisionKind;
  readonly reason: Reason;
  /** The `Origin` as it came, of any length and with any bytes; `undefined` if there was none, or several. */
  readonly origin: string | undefined;
  /** The method that the page wants to use: for a preflight, `Access-Control-Request-Method`. */
  readonly method: string;
  /** The status that the client got; `undefined` where whoever tells of the decision does not know it. */
  readonly status: number | undefined;
  /** Was the request answered before the application saw it, as a preflight is? */
  readonly answeredAtOnce: boolean;
  /** Did the request bear a cookie or an Authorization header? The values are never read. */
  readonly credentials: boolean;
  /** Was the origin allowed, and the answer an error without `Access-Control-Allow-Origin`? A page then sees a CORS error, and not the real one. */
  readonly headerless: boolean;
  /** Did the answer break off, or did the client leave before it ended? */
  readonly aborted: boolean;
  readonly userAgent: string | undefined;
}

/** What is kept of a decision that gets into the sample; asked for only then. Texts may be strangers': the journal caps and escapes them. */
export interface DecisionDetails {
  /** The method of the request line: `OPTIONS` for a preflight. */
  readonly requestMethod: string;
  /** Without the query. */
  readonly path: string | undefined;
  /** The host of the API as the client named it. */
  readonly host: string | undefined;
  /** The header names of a preflight's `Access-Control-Request-Headers`, one string a line. */
  readonly requestedHeaders: readonly string[];
  /** The names of the request's headers, without values. */
  readonly headerNames: readonly string[];
  /** `Sec-Fetch-Mode` and `Sec-Fetch-Site`, if they came. */
  readonly fetchMode: string | undefined;
  readonly fetchSite: string | undefined;
  /** What exactly was refused: a method, header names, the malformed header. */
  readonly refused: readonly string[];
  /** The CORS headers of the answer as sent, and `Vary`: names and values. */
  readonly answer: readonly (readonly [string, string])[];
  /** From the arrival of the request to the end of its answer, in milliseconds. */
  readonly durationMs: number | undefined;
}
