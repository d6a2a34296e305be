import { isLoopbackHost } from "../../origin/host.ts";
import type { HeaderList } from "../header-list.ts";
import type { Verdict } from "../response/response.ts";

/** @see https://fetch.spec.whatwg.org/#concept-request-mode */
export type Mode = "cors" | "no-cors" | "same-origin";
/** @see https://fetch.spec.whatwg.org/#concept-request-credentials-mode */
export type CredentialsMode = "omit" | "same-origin" | "include";
/** @see https://fetch.spec.whatwg.org/#concept-request-cache-mode */
export type CacheMode = "default" | "no-store" | "reload" | "no-cache" | "force-cache" | "only-if-cached";
/** @see https://fetch.spec.whatwg.org/#concept-request-redirect-mode */
export type RedirectMode = "follow" | "error" | "manual";

/** A body that can be sent again, or a stream, which cannot. @see https://fetch.spec.whatwg.org/#concept-body */
export type RequestBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/** The request while it is on its way: redirects and tainting change it. @see https://fetch.spec.whatwg.org/#concept-request */
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
  readonly firstMade: Readonly<Pick<FetchRequest, "method" | "headerList">>;
  /** Was it found to need a preflight, now or before a redirect? */
  preflightNeeded: boolean;
  /** Would the last redirect have turned the request as it was first made into a GET? */
  firstMethodBecameGet: boolean;
  /** What an engine looks at after the preflight of a redirected request. */
  lateCheck: (() => Verdict) | undefined;
  /** Did an `Origin` header go out with it? */
  originSent: boolean;
}

/** @see https://fetch.spec.whatwg.org/#concept-request-current-url */
export function currentUrl(request: FetchRequest): URL {
  const url = request.urlList.at(-1);
  if (url === undefined) throw new Error("A request has a URL from its beginning.");
  return url;
}

const badPorts: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** Is this a port of another protocol, to which no browser sends HTTP? @see https://fetch.spec.whatwg.org/#block-bad-port */
export function hasBadPort(url: URL): boolean {
  return url.port !== "" && isHttpScheme(url) && badPorts.has(Number(url.port));
}

/** @see https://fetch.spec.whatwg.org/#http-scheme */
export function isHttpScheme(url: URL): boolean {
  return url.protocol === "http:" || url.protocol === "https:";
}

/**
 * Does a page that came over https ask for something over http? Only loopback hosts may be asked so. WebKit forbids that as well, which is
 * not modelled: here a local server mostly stands for a live one, whose CORS is in question.
 *
 * @see https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
 */
export function isMixedContent(request: FetchRequest): boolean {
  const url = currentUrl(request);
  return url.protocol === "http:" && request.origin.startsWith("https:") && !isLoopbackHost(url.hostname);
}

/** The URL as it goes over the wire and into words: without fragment and without user information. */
export function wireUrl(url: URL): string {
  if (url.username === "" && url.password === "") return url.href.split("#")[0] ?? url.href;
  const bare = new URL(url);
  bare.hash = "";
  bare.username = "";
  bare.password = "";
  return bare.href;
}
