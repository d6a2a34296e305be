import type { FailureCode } from "../../failures/failure.ts";
import { mimeTypeEssence } from "../../http/mime-type-essence.ts";
import type { HeaderList } from "../header-list.ts";
import type { Step } from "../step.ts";

/** What a server's bytes are passed on as; a text becomes bytes only when it is read. */
export type ResponseBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | string | null;

/** A failed fetch. The script sees a TypeError and nothing else. @see https://fetch.spec.whatwg.org/#concept-network-error */
export interface NetworkError {
  readonly type: "error";
  readonly code: FailureCode;
  readonly step: Step;
  /** What was thrown, if anything was. */
  readonly reason?: unknown;
}

/** What a check comes to: why the fetch ends here, or `undefined` if it goes on. */
export type Verdict = NetworkError | undefined;

/** What a server answered, before it is filtered. */
export interface ServerResponse {
  readonly type: "default";
  readonly status: number;
  readonly statusText: string;
  readonly headerList: HeaderList;
  readonly body: ResponseBody;
}

/** An answer as a script may see it. @see https://fetch.spec.whatwg.org/#concept-filtered-response */
export interface FilteredResponse extends Omit<ServerResponse, "type"> {
  readonly type: "basic" | "cors" | "opaque" | "opaqueredirect";
  readonly url: string;
  readonly redirected: boolean;
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

/** Drops a body that will not be read, so that its connection is free. */
export function dropBody(response: { readonly body: ResponseBody }): void {
  if (response.body instanceof ReadableStream) response.body.cancel().catch(() => undefined);
}

/** What a `data:` URL holds. @see https://fetch.spec.whatwg.org/#data-url-processor */
export function dataUrlResponse(url: URL): ServerResponse | undefined {
  const input = url.href.slice("data:".length).split("#")[0] ?? "";
  const comma = input.indexOf(",");
  if (comma < 0) return undefined;
  const written = input.slice(0, comma).trim();
  const encoded = /; *base64$/i.test(written);
  const body = decode(input.slice(comma + 1), encoded);
  if (body === undefined) return undefined;
  const bare = written.replace(/; *base64$/i, "");
  const type = bare.startsWith(";") ? `text/plain${bare}` : bare;
  const contentType = mimeTypeEssence(type) === undefined ? "text/plain;charset=US-ASCII" : type;
  return { type: "default", status: 200, statusText: "OK", headerList: [["Content-Type", contentType]], body };
}

function decode(text: string, base64: boolean): Uint8Array<ArrayBuffer> | undefined {
  const bytes = percentDecode(text);
  if (!base64) return bytes;
  try {
    return Uint8Array.from(atob(String.fromCharCode(...bytes)), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** @see https://url.spec.whatwg.org/#percent-decode */
function percentDecode(text: string): Uint8Array<ArrayBuffer> {
  const decoded = text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(decoded, (char) => char.charCodeAt(0));
}
