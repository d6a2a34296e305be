const forbidden: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);
const normalized: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

/**
 * Does this method pass every preflight without being named?
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-method
 */
export function isSafelistedMethod(method: string): boolean {
  // Compared one by one: to hash the text of a request costs more.
  return method === "GET" || method === "HEAD" || method === "POST";
}

/**
 * Is this a method that no script can send, in whatever case?
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-method
 */
export function isForbiddenMethod(method: string): boolean {
  return forbidden.has(method.toUpperCase());
}

/**
 * Upper-cases the six methods that browsers upper-case and leaves every other as it is: `patch` stays `patch`, and is not `PATCH`.
 *
 * @see https://fetch.spec.whatwg.org/#concept-method-normalize
 */
export function normalizeMethod(method: string): string {
  const upper = method.toUpperCase();
  return normalized.has(upper) ? upper : method;
}
