import type { FailureCode } from "../../failures/failure.ts";
import type { HeaderList } from "../header-list.ts";
import type { RequestBody } from "../request/request.ts";

/** One HTTP request as it goes out. */
export interface TransportRequest {
  readonly method: string;
  /** Absolute, without fragment and without user information. */
  readonly url: string;
  /** In the order in which they are sent. `Host` and the framing of the body are the transport's own. */
  readonly headers: HeaderList;
  readonly body: RequestBody | null;
  readonly signal: AbortSignal | undefined;
}

/** One HTTP response as it came in. */
export interface TransportResponse {
  readonly status: number;
  readonly statusText?: string;
  /** Every line separately: two `Access-Control-Allow-Origin` lines are two pairs. */
  readonly headers: HeaderList;
  readonly body?: RequestBody | string | null;
}

/**
 * Sends ONE HTTP request and gives its answer. It follows no redirect, keeps no cookies and adds no CORS of its own. It rejects if
 * there is no answer; an `Error` with the `code` of a failed Node socket (`ECONNREFUSED` …) is understood.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** The lines of a request with those that every transport adds: `Host`, and the length of the body. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6 */
export function wireHeaders({ url, method, headers, body }: TransportRequest): HeaderList {
  const lines: HeaderList = [["Host", new URL(url).host], ...headers];
  if (body instanceof Uint8Array) return [...lines, ["Content-Length", String(body.length)]];
  const saysNone = body === null && (method === "POST" || method === "PUT");
  return saysNone ? [...lines, ["Content-Length", "0"]] : lines;
}

const codes: readonly (readonly [RegExp, FailureCode])[] = [
  [/^(?:ECONNREFUSED|ENETUNREACH|EHOSTUNREACH)$/, "server-down"],
  [/^(?:ECONNRESET|EPIPE|ETIMEDOUT|HPE_.*)$/, "connection-broken"],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, "dns-failure"],
  [/^(?:EPROTO|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|(?:DEPTH_ZERO_)?SELF_SIGNED_CERT(?:_IN_CHAIN)?)$/, "tls-failure"],
  [/^UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT_LOCALLY)$/, "tls-failure"],
];

/** Which failure this is, by the `code` of a Node error: its own, its cause's, or that of its first part. */
export function transportFailureCode(reason: unknown): FailureCode {
  if (!(reason instanceof Error)) return "opaque-network-error";
  const code = "code" in reason && typeof reason.code === "string" ? reason.code : "";
  const known = codes.find(([pattern]) => pattern.test(code));
  if (known !== undefined) return known[1];
  if (reason instanceof AggregateError && reason.errors.length > 0) return transportFailureCode(reason.errors[0]);
  return reason.cause === undefined ? "opaque-network-error" : transportFailureCode(reason.cause);
}
