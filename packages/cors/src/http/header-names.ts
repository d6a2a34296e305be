/** The names of the CORS protocol, as they are written in an answer. @see https://fetch.spec.whatwg.org/#http-headers */
export const corsHeaders = {
  allowOrigin: "Access-Control-Allow-Origin",
  allowCredentials: "Access-Control-Allow-Credentials",
  allowMethods: "Access-Control-Allow-Methods",
  allowHeaders: "Access-Control-Allow-Headers",
  exposeHeaders: "Access-Control-Expose-Headers",
  maxAge: "Access-Control-Max-Age",
} as const;

/**
 * The response headers that belong to the CORS protocol, in lower case. Private-network access is among them, though it is history:
 * a header that opens something must never come from anywhere but the policy.
 */
export const corsResponseHeaderNames: readonly string[] = /* @__PURE__ */ Object.values(corsHeaders)
  .map((name) => name.toLowerCase())
  .concat("access-control-allow-private-network", "access-control-allow-local-network");
const corsResponseHeaders: ReadonlySet<string> = /* @__PURE__ */ new Set(corsResponseHeaderNames);

/**
 * Is this one of the response headers that the owner of the policy alone may set?
 *
 * @param name in any case
 */
export function isCorsResponseHeader(name: string): boolean {
  // Nearly every header of every answer fails here, without a lower-case copy being made.
  const first = name.charCodeAt(0);
  if (first !== 0x61 && first !== 0x41) return false;
  return corsResponseHeaders.has(name.toLowerCase());
}

/** Is this the one CORS header that the application may set beside the policy? */
export function isExposeHeaders(name: string): boolean {
  return name.toLowerCase() === "access-control-expose-headers";
}

/** The request headers of the CORS protocol, in lower case. */
const corsRequestHeaders: ReadonlySet<string> = new Set([
  "origin",
  "access-control-request-method",
  "access-control-request-headers",
  "access-control-request-private-network",
]);

/**
 * Is this a request header of the CORS protocol itself, which no answer carries?
 *
 * @param name in lower case
 */
export function isCorsRequestHeader(name: string): boolean {
  return corsRequestHeaders.has(name);
}

const safelistedResponseHeaders: ReadonlySet<string> = new Set([
  "cache-control",
  "content-language",
  "content-length",
  "content-type",
  "expires",
  "last-modified",
  "pragma",
]);

/**
 * May every script read this response header without it being exposed?
 *
 * @param name in lower case
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
 */
export function isSafelistedResponseHeader(name: string): boolean {
  return safelistedResponseHeaders.has(name);
}

/**
 * Is this a response header that no script ever reads, exposed or not?
 *
 * @param name in lower case
 * @see https://fetch.spec.whatwg.org/#forbidden-response-header-name
 */
export function isForbiddenResponseHeader(name: string): boolean {
  return name === "set-cookie" || name === "set-cookie2";
}

const forbiddenRequestHeaders: ReadonlySet<string> = new Set([
  "accept-charset",
  "accept-encoding",
  "access-control-request-headers",
  "access-control-request-method",
  "connection",
  "content-length",
  "cookie",
  "cookie2",
  "date",
  "dnt",
  "expect",
  "host",
  "keep-alive",
  "origin",
  "referer",
  "set-cookie",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
]);

/**
 * Is this a request header that no script can set, so that it never stands in a preflight?
 *
 * The three method-override names are not here: the standard forbids only some of their values.
 *
 * @param name in lower case
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function isForbiddenRequestHeader(name: string): boolean {
  return forbiddenRequestHeaders.has(name) || name.startsWith("proxy-") || name.startsWith("sec-");
}
