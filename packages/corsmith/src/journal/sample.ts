import type { Reason } from "@corsmith/cors";
import type { DecisionKind, EngineFamily } from "./decision-facts.ts";

/**
 * One decision, whole, as it is kept in the sample. Plain data of bounded size; strangers' text in it is capped and escaped to printable
 * ASCII. It holds no cookie, no Authorization, no query and no body: of the request's headers only the names.
 */
export interface Sample {
  /** Unique, and never reused. Later ones sort behind earlier ones. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly route: string;
  readonly kind: DecisionKind;
  readonly reason: Reason;
  /** Was something refused? */
  readonly blocked: boolean;
  /** `null` if there was no Origin, or several. */
  readonly origin: string | null;
  /** The method that the page wants to use: for a preflight, the requested one. */
  readonly method: string;
  /** The method of the request line: `OPTIONS` for a preflight. */
  readonly requestMethod: string;
  /** Without the query; `null` where the host does not tell it. */
  readonly path: string | null;
  readonly host: string | null;
  /** The names in `Access-Control-Request-Headers`, in lower case. */
  readonly requestedHeaders: readonly string[];
  /** The names of the request's headers in lower case, each once. */
  readonly headerNames: readonly string[];
  readonly credentials: boolean;
  readonly fetchMode: string | null;
  readonly fetchSite: string | null;
  readonly engine: EngineFamily;
  /** What exactly was refused: a method, header names, the malformed header. */
  readonly refused: readonly string[];
  readonly status: number | null;
  /** The CORS headers of the answer and `Vary`, as sent; names in lower case. */
  readonly answer: readonly (readonly [name: string, value: string])[];
  readonly answeredAtOnce: boolean;
  readonly headerless: boolean;
  readonly aborted: boolean;
  readonly durationMs: number | null;
  /** The gateway that decided it: the machine's name and the port. Missing in those that older versions have kept. */
  readonly gateway?: string;
}
