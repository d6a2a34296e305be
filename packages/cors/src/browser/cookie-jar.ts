/** How much a request may carry, by who asks. */
export interface CookieContext {
  readonly http: true;
  /** `strict`: the page is of the same site; `none`: only cookies with `SameSite=None`. */
  readonly sameSiteContext: "strict" | "none";
  /** A bad cookie is no failure of the fetch. */
  readonly ignoreError: true;
}

/** Where cookies are kept. A `CookieJar` of the package `tough-cookie` is one. */
export interface CookieJar {
  /** The value of the `Cookie` header for this URL; empty for none. */
  getCookieString(url: string, context: CookieContext): Promise<string>;
  /** Takes one `Set-Cookie` line. */
  setCookie(line: string, url: string, context: CookieContext): Promise<unknown>;
}
