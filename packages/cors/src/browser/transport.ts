import type { HeaderList } from "./header-list.ts";
import type { RequestBody } from "./request.ts";

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
  /** Every line for itself: two `Access-Control-Allow-Origin` lines are two pairs. */
  readonly headers: HeaderList;
  readonly body?: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | string | null;
}

/**
 * Sends ONE HTTP request and gives its answer. It follows no redirect, keeps no cookies and adds no CORS of its own. It rejects if
 * there is no answer; an `Error` with the `code` of a failed Node socket (`ECONNREFUSED` …) is understood.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;
