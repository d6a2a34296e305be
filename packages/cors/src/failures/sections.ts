/** Where a rule is written. */
export interface Section {
  readonly name: string;
  readonly url: string;
}

const fetchStandard = "https://fetch.spec.whatwg.org/#";

/** The algorithms of the Fetch standard that can refuse: their names in kebab case, their titles, their anchors. */
const algorithms = {
  "new-request": ["Request constructor", "dom-request"],
  "main-fetch": ["Main fetch", "concept-main-fetch"],
  "bad-port": ["Port blocking", "block-bad-port"],
  "scheme-fetch": ["Scheme fetch", "scheme-fetch"],
  "http-fetch": ["HTTP fetch", "concept-http-fetch"],
  "http-redirect-fetch": ["HTTP-redirect fetch", "concept-http-redirect-fetch"],
  "http-network-or-cache-fetch": ["HTTP-network-or-cache fetch", "concept-http-network-or-cache-fetch"],
  "http-network-fetch": ["HTTP-network fetch", "concept-http-network-fetch"],
  "cors-preflight-fetch": ["CORS-preflight fetch", "cors-preflight-fetch-0"],
  "cors-preflight-cache": ["CORS-preflight cache", "concept-cache"],
  "cors-check": ["CORS check", "concept-cors-check"],
  "cross-origin-resource-policy-check": ["Cross-origin resource policy check", "cross-origin-resource-policy-check"],
} as const;

/** Other sections of the Fetch standard, in the same form. */
const parts = {
  "cors-protocol": ["CORS protocol", "http-cors-protocol"],
  "cors-and-credentials": ["CORS protocol and credentials", "cors-protocol-and-credentials"],
  "cors-and-caches": ["CORS protocol and HTTP caches", "cors-protocol-and-http-caches"],
  "cors-safelisted-request-header": ["CORS-safelisted request-header", "cors-safelisted-request-header"],
  "filtered-response": ["Filtered response", "concept-filtered-response"],
  "forbidden-request-header": ["Forbidden request-header", "forbidden-request-header"],
  "expose-headers": ["Access-Control-Expose-Headers", "http-access-control-expose-headers"],
  "max-age": ["Access-Control-Max-Age", "http-access-control-max-age"],
  methods: ["Methods", "methods"],
  "network-error": ["Network error", "concept-network-error"],
  "origin-header": ["Origin header", "origin-header"],
  "serializing-a-request-origin": ["Serializing a request origin", "serializing-a-request-origin"],
} as const;

/** Sections elsewhere: title and URL. */
const elsewhere = {
  "opaque-origin": ["HTML, Origin", "https://html.spec.whatwg.org/multipage/browsers.html#origin"],
  "serialized-origin": [
    "HTML, Serialization of an origin",
    "https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin",
  ],
  "muted-errors": ["HTML, Muted errors", "https://html.spec.whatwg.org/multipage/webappapis.html#muted-errors"],
  "origin-clean": [
    "HTML, Security with canvas elements",
    "https://html.spec.whatwg.org/multipage/canvas.html#security-with-canvas-elements",
  ],
  "websocket-origin": ["RFC 6455, Origin considerations", "https://www.rfc-editor.org/rfc/rfc6455#section-10.2"],
  host: ["RFC 9110, Routing inbound requests", "https://www.rfc-editor.org/rfc/rfc9110#section-7.4"],
  "status-codes": ["RFC 9110, Status codes", "https://www.rfc-editor.org/rfc/rfc9110#section-15"],
  hsts: ["RFC 6797, URI loading", "https://www.rfc-editor.org/rfc/rfc6797#section-8.3"],
  cookies: ["RFC 6265bis, SameSite", "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis"],
  "mixed-content": [
    "Mixed Content, Should fetching be blocked",
    "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch",
  ],
  csp: ["Content Security Policy, connect-src", "https://w3c.github.io/webappsec-csp/#directive-connect-src"],
  "local-network-access": ["Local Network Access", "https://wicg.github.io/local-network-access/"],
  "service-workers": ["Service Workers, respondWith", "https://w3c.github.io/ServiceWorker/#fetch-event-respondwith"],
  "timing-allow-origin": [
    "Resource Timing, Timing-Allow-Origin",
    "https://www.w3.org/TR/resource-timing/#sec-timing-allow-origin",
  ],
  orb: ["Opaque Response Blocking (a proposal)", "https://github.com/annevk/orb"],
} as const;

/** An algorithm of the Fetch standard, in kebab case. */
export type Algorithm = keyof typeof algorithms;

/** A section of a standard. */
export type SectionName = Algorithm | keyof typeof parts | keyof typeof elsewhere;

/** The title and the address of a section. */
export function sectionNamed(name: SectionName): Section {
  const [title, address] = { ...algorithms, ...parts, ...elsewhere }[name];
  return name in elsewhere ? { name: title, url: address } : { name: `Fetch, ${title}`, url: fetchStandard + address };
}

/** The address of an algorithm; of the standard's list of them for a name that is not known. */
export function algorithmUrl(name: string): string {
  return fetchStandard + (Object.hasOwn(algorithms, name) ? algorithms[name as Algorithm][1] : "fetching");
}
