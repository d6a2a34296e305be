import type { FailureCode } from "./failure-code.ts";
import type { HeaderList } from "./header-list.ts";
import type { StepName } from "./step.ts";

/** What a server's bytes are handed on as; a text becomes bytes when it is read, if ever. */
export type ResponseBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | string | null;

/** A failed fetch. The script sees a TypeError and nothing else. @see https://fetch.spec.whatwg.org/#concept-network-error */
export interface NetworkError {
  readonly type: "error";
  readonly code: FailureCode;
  readonly step: StepName;
  readonly message: string;
  readonly reason?: unknown;
}

/** What a server answered, before it is filtered. */
export interface ServerResponse {
  readonly type: "default";
  readonly status: number;
  readonly statusText: string;
  readonly headerList: HeaderList;
  readonly body: ResponseBody;
}

/** An answer as a script may see it. @see https://fetch.spec.whatwg.org/#concept-filtered-response */
export interface FilteredResponse {
  readonly type: "basic" | "cors" | "opaque" | "opaqueredirect";
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly redirected: boolean;
  readonly headerList: HeaderList;
  readonly body: ResponseBody;
}

/** The outcome of the inner algorithms. */
export type FetchedResponse = NetworkError | ServerResponse | FilteredResponse;

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const nullBodyStatuses: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/** @see https://fetch.spec.whatwg.org/#redirect-status */
export function isRedirectStatus(status: number): boolean {
  return redirectStatuses.has(status);
}

/** @see https://fetch.spec.whatwg.org/#null-body-status */
export function isNullBodyStatus(status: number): boolean {
  return nullBodyStatuses.has(status);
}

/** @see https://fetch.spec.whatwg.org/#ok-status */
export function isOkStatus(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** Lets go of a body that nobody will read, so that its connection is free. */
export function dropBody(response: { readonly body: ResponseBody }): void {
  if (response.body instanceof ReadableStream) response.body.cancel().catch(() => undefined);
}
