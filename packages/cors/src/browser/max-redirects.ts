/** How many redirects are followed. @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch */
export const maxRedirects = 20;
