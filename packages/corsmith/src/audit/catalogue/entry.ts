/** What is always the same about one kind of misconfiguration. */
export interface CatalogueEntry {
  /** A few words, without a full stop. */
  readonly title: string;
  /** What an attacker gets from it, or a user loses. */
  readonly means: string;
  readonly fix: string;
  /** Who has to act. */
  readonly who: "server" | "proxy" | "client";
  /** Where a standard speaks of it. */
  readonly section: string;
  /** Of the Common Weakness Enumeration; empty where nothing is weakened, only broken. */
  readonly cwe: readonly number[];
}

/** Where the standards speak of what the catalogue is about. */
export const sections = {
  corsCheck: "https://fetch.spec.whatwg.org/#concept-cors-check",
  protocol: "https://fetch.spec.whatwg.org/#http-cors-protocol",
  caches: "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches",
  credentials: "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
  preflight: "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
  maxAge: "https://fetch.spec.whatwg.org/#http-access-control-max-age",
  expose: "https://fetch.spec.whatwg.org/#http-access-control-expose-headers",
  originHeader: "https://fetch.spec.whatwg.org/#origin-header",
  origin: "https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin",
  redirect: "https://fetch.spec.whatwg.org/#http-redirect-fetch",
} as const;
