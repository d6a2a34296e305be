import type { LookupVerdict } from "../policy/lookup-runtime.ts";

/**
 * What is known of a request when it is decided. Nothing else of it counts: not `Cookie`, not `Authorization`, nothing that a cache
 * could not tell from `Vary`.
 */
export interface RequestFacts {
  /** The method, in the bytes that came. */
  readonly method: string;
  /** The `Origin` header; as a list if there were several lines (which never match). */
  readonly origin?: string | readonly string[] | undefined;
  /** `Access-Control-Request-Method`. */
  readonly requestMethod?: string | undefined;
  /** `Access-Control-Request-Headers`, one string a line. */
  readonly requestHeaders?: string | readonly string[] | undefined;
  /** The `Host` header. An Origin with this host and port is the API's own page, not a foreign one. */
  readonly host?: string | undefined;
  /** `Sec-Fetch-Site`, by which `crossOriginProtection` refuses and the API's own pages are known. It never grants anything. */
  readonly fetchSite?: string | undefined;
  /** Is this a WebSocket upgrade? Only `crossOriginProtection` reads it. */
  readonly upgrade?: boolean | undefined;
  /** What the policy's `originLookup` said of this origin; absent if it was not asked. */
  readonly lookup?: LookupVerdict | undefined;
}

/** The part that every decision has: what the answer will say, whatever the reason. Absent headers are `undefined`. */
export interface DecisionTerms {
  /** Is it a preflight (which is answered at once, unless there is no policy) or an actual request (which goes to the application)? */
  readonly preflight: boolean;
  /** The status with which the request must be answered before the application sees it; `undefined`: it goes to the application. */
  readonly status: 204 | 200 | 403 | undefined;
  /** The one `Origin` that was sent, as it came: cap and escape it before it is printed. */
  readonly origin: string | undefined;
  readonly allowOrigin: string | undefined;
  readonly allowCredentials: boolean;
  readonly allowMethods: string | undefined;
  readonly allowHeaders: string | undefined;
  readonly exposeHeaders: string | undefined;
  readonly maxAge: string | undefined;
  /** The members that `Vary` must have. */
  readonly vary: string | undefined;
}

/** No `Origin`, or the API's own: CORS has nothing to say. */
export interface NotCrossOrigin extends DecisionTerms {
  readonly reason: "not-cross-origin";
}
/** The page may do what it asks. */
export interface Allowed extends DecisionTerms {
  readonly reason: "allowed";
}
/** The policy does not name this origin. */
export interface OriginRefused extends DecisionTerms {
  readonly reason: "origin-refused";
}
/** The origin is allowed, the method of the preflight is not. */
export interface MethodRefused extends DecisionTerms {
  readonly reason: "method-refused";
  /** The method that was asked for. */
  readonly method: string;
}
/** The origin and the method are allowed, some headers of the preflight are not. */
export interface HeadersRefused extends DecisionTerms {
  readonly reason: "headers-refused";
  /** The names that are not allowed, in lower case, in the order in which they were asked for. */
  readonly names: readonly string[];
}
/** The lookup threw, rejected, took too long, or was never asked. */
export interface OriginLookupFailed extends DecisionTerms {
  readonly reason: "origin-lookup-failed";
}
/** A header that no browser sends: not an origin, not a token, not a list of tokens, or over the limits. */
export interface Malformed extends DecisionTerms {
  readonly reason: "malformed";
  /** Which header; `headers` if the host handed over none that can be read, so that nothing is known of the request. */
  readonly field: "origin" | "access-control-request-method" | "access-control-request-headers" | "headers";
}
/** The policy is `false`: CORS is the application's own affair here, and its answer goes out as it is. */
export interface NoPolicy extends DecisionTerms {
  readonly reason: "no-policy";
}

/** The server's half of the Fetch standard, decided. A discriminated union on `reason`, whose words never change meaning. */
export type Decision =
  | NotCrossOrigin
  | Allowed
  | OriginRefused
  | MethodRefused
  | HeadersRefused
  | OriginLookupFailed
  | Malformed
  | NoPolicy;

/** The word for why a decision came out as it did. */
export type Reason = Decision["reason"];
