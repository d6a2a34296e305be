import type { HeaderList } from "./header-list.ts";
import type { NetworkError } from "./response.ts";

/** @see https://fetch.spec.whatwg.org/#concept-request-mode */
export type Mode = "cors" | "no-cors" | "same-origin";
/** @see https://fetch.spec.whatwg.org/#concept-request-credentials-mode */
export type CredentialsMode = "omit" | "same-origin" | "include";
/** @see https://fetch.spec.whatwg.org/#concept-request-cache-mode */
export type CacheMode = "default" | "no-store" | "reload" | "no-cache" | "force-cache" | "only-if-cached";
/** @see https://fetch.spec.whatwg.org/#concept-request-redirect-mode */
export type RedirectMode = "follow" | "error" | "manual";

/** A body that can be sent again, or a stream that can not. @see https://fetch.spec.whatwg.org/#concept-body */
export type RequestBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * The request while it is on its way: redirects and tainting change it.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request
 */
export interface FetchRequest {
  method: string;
  headerList: HeaderList;
  body: RequestBody | null;
  /** From the first URL to the current one. */
  readonly urlList: URL[];
  /** The page's origin, serialized; `null` for an opaque one. */
  readonly origin: string;
  readonly mode: Mode;
  readonly credentialsMode: CredentialsMode;
  readonly cacheMode: CacheMode;
  readonly redirectMode: RedirectMode;
  readonly useCorsPreflight: boolean;
  readonly signal: AbortSignal | undefined;
  redirectCount: number;
  responseTainting: "basic" | "cors" | "opaque";
  /** Method and headers as the script made them, for the engines that come back to them. */
  readonly firstMade: {
    readonly method: string;
    readonly headerList: HeaderList;
  };
  /** Was it found to need a preflight, now or before a redirect? */
  preflightNeeded: boolean;
  /** Would the last redirect have turned the request as it was first made into a GET? */
  firstMethodBecameGet: boolean;
  /** What an engine looks at after the preflight of a redirected request. */
  lateCheck: (() => NetworkError | undefined) | undefined;
  /** Did an `Origin` header go out with it? */
  originSent: boolean;
}

/** @see https://fetch.spec.whatwg.org/#concept-request-current-url */
export function currentUrl(request: FetchRequest): URL {
  const url = request.urlList.at(-1);
  if (url === undefined) throw new Error("A request has a URL from its beginning.");
  return url;
}
