import type { Section } from "./failure.ts";

function fetchSection(name: string, anchor: string): Section {
  return { name: `Fetch, ${name}`, url: `https://fetch.spec.whatwg.org/#${anchor}` };
}

export const corsCheck: Section = fetchSection("CORS check", "concept-cors-check");
export const corsProtocol: Section = fetchSection("CORS protocol", "http-cors-protocol");
export const corsAndCaches: Section = fetchSection("CORS protocol and HTTP caches", "cors-protocol-and-http-caches");
export const corsPreflightFetch: Section = fetchSection("CORS-preflight fetch", "cors-preflight-fetch-0");
export const corsPreflightCache: Section = fetchSection("CORS-preflight cache", "concept-cache");
export const methods: Section = fetchSection("Methods", "methods");
export const safelistedRequestHeader: Section = fetchSection(
  "CORS-safelisted request-header",
  "cors-safelisted-request-header",
);
export const forbiddenRequestHeader: Section = fetchSection("Forbidden request-header", "forbidden-request-header");
export const mainFetch: Section = fetchSection("Main fetch", "concept-main-fetch");
export const schemeFetch: Section = fetchSection("Scheme fetch", "scheme-fetch");
export const httpFetch: Section = fetchSection("HTTP fetch", "concept-http-fetch");
export const httpRedirectFetch: Section = fetchSection("HTTP-redirect fetch", "concept-http-redirect-fetch");
export const httpNetworkFetch: Section = fetchSection("HTTP-network fetch", "concept-http-network-fetch");
export const httpNetworkOrCacheFetch: Section = fetchSection(
  "HTTP-network-or-cache fetch",
  "concept-http-network-or-cache-fetch",
);
export const originHeader: Section = fetchSection("Origin header", "origin-header");
export const serializedRequestOrigin: Section = fetchSection(
  "Serializing a request origin",
  "serializing-a-request-origin",
);
export const filteredResponse: Section = fetchSection("Filtered response", "concept-filtered-response");
export const portBlocking: Section = fetchSection("Port blocking", "port-blocking");
export const requestConstructor: Section = fetchSection("Request constructor", "dom-request");
export const corpCheck: Section = fetchSection(
  "Cross-origin resource policy check",
  "cross-origin-resource-policy-check",
);
export const networkError: Section = fetchSection("Network error", "concept-network-error");

export const opaqueOrigin: Section = {
  name: "HTML, Origin",
  url: "https://html.spec.whatwg.org/multipage/browsers.html#origin",
};
export const mutedErrors: Section = {
  name: "HTML, Muted errors",
  url: "https://html.spec.whatwg.org/multipage/webappapis.html#muted-errors",
};
export const originClean: Section = {
  name: "HTML, Security with canvas elements",
  url: "https://html.spec.whatwg.org/multipage/canvas.html#security-with-canvas-elements",
};
export const webSocketOrigin: Section = {
  name: "RFC 6455, Origin considerations",
  url: "https://www.rfc-editor.org/rfc/rfc6455#section-10.2",
};
export const statusCodes: Section = {
  name: "RFC 9110, Status codes",
  url: "https://www.rfc-editor.org/rfc/rfc9110#section-15",
};
export const hsts: Section = {
  name: "RFC 6797, URI loading",
  url: "https://www.rfc-editor.org/rfc/rfc6797#section-8.3",
};
export const cookies: Section = {
  name: "RFC 6265bis, SameSite",
  url: "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis",
};
export const mixedContent: Section = {
  name: "Mixed Content, Should fetching be blocked",
  url: "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch",
};
export const csp: Section = {
  name: "Content Security Policy, connect-src",
  url: "https://w3c.github.io/webappsec-csp/#directive-connect-src",
};
export const localNetworkAccess: Section = {
  name: "Local Network Access",
  url: "https://wicg.github.io/local-network-access/",
};
export const serviceWorkers: Section = {
  name: "Service Workers, respondWith",
  url: "https://w3c.github.io/ServiceWorker/#fetch-event-respondwith",
};
export const orb: Section = { name: "Opaque Response Blocking (a proposal)", url: "https://github.com/annevk/orb" };
