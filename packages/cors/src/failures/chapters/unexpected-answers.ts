import { type Chapter, chapter } from "../chapter.ts";

const rule =
  "An error is a response like any other: without Access-Control-Allow-Origin the page sees a bare network error, and the console says CORS although the problem is the status.";
const firefoxName = "CORSMissingAllowOrigin";

/** An error of the server or of something in front of it, which the console reports as a missing header. */
export const errorsWithoutCors: Chapter = chapter({
  kind: "lookalike",
  phase: "response",
  section: "status-codes",
  rule,
  firefoxName: "CORSMissingAllowOrigin",
})({
  "error-status": {
    title: "The server answered with an error status, and CORS did not block it",
    firefoxName: undefined,
    rule: "CORS checks headers, not the status: if the console reports only the status, the page can read the response.",
    messages: {
      chromium: ["the server responded with a status of {status}"],
      webkit: ["the server responded with a status of {status}"],
    },
    causes: ["the server refused the request or failed: the response body says why"],
    fixes: { client: "Check response.status and the body: fetch() does not throw for an error status." },
    seeAlso: ["error-response-without-cors", "missing-allow-origin"],
  },
  "error-response-without-cors": {
    title: "The server failed (5xx), and its error page has no CORS headers",
    section: "cors-check",
    causes: ["exceptions are answered outside the CORS middleware (FastAPI, ASP.NET, Koa, Express)"],
    fixes: {
      server: [
        "Find the exception in the server's log: that is the real error.",
        "Put CORS outside the error handling, so that errors carry the headers too.",
      ],
    },
    seeAlso: ["missing-allow-origin", "gateway-error-without-cors"],
  },
  "gateway-error-without-cors": {
    title: "The proxy answered 502, 503 or 504 by itself, without CORS headers",
    causes: ["the server behind the proxy is down, too slow, or still starting"],
    fixes: {
      server: "Check whether the server behind the proxy is running, and how long it takes to answer.",
      proxy: "Add the CORS headers to the proxy's own errors (nginx: add_header … always).",
    },
    seeAlso: ["error-response-without-cors"],
  },
  "auth-error-without-cors": {
    title: "Authentication answered 401 or 403 before CORS",
    section: "cors-check",
    causes: ["authentication runs outside CORS, and the token or the session is missing or has expired"],
    fixes: {
      client: "Check that the token or the cookie is sent, and is still valid.",
      server: "Put CORS outside authentication.",
      proxy: "Add the CORS headers to the authorizer's refusals too.",
    },
    seeAlso: ["preflight-unauthorized", "credentials-not-sent"],
  },
  "not-found-without-cors": {
    title: "The path is not found (404), and the error page has no CORS headers",
    section: "cors-check",
    causes: [
      "the path is misspelled, or has an extra prefix",
      "the response comes from a static host, not from the API",
    ],
    fixes: { client: "Correct the URL.", server: "Put CORS before the router, so that 404 carries the headers too." },
    seeAlso: ["wrong-port-or-host"],
  },
  "body-too-large-413": {
    title: "The upload is too large (413), and the refusal has no CORS headers",
    messages: {
      others: [
        "413 Request Entity Too Large",
        "413 Payload Too Large",
        "413 Content Too Large",
        "PayloadTooLargeError",
      ],
    },
    causes: ["the proxy's limit (nginx: client_max_body_size), the API gateway's, or the body parser's"],
    fixes: {
      proxy: "Raise the limit, and add the CORS headers to 413.",
      client: "Check the size first, or upload in parts.",
    },
    seeAlso: ["missing-allow-origin"],
  },
  "rate-limited-429": {
    title: "A rate limit was reached (429), and the refusal has no CORS headers",
    messages: { others: ["429 Too Many Requests"] },
    causes: ["the limiter runs before CORS, or counts preflights too"],
    fixes: {
      proxy: "Add the CORS headers to 429, expose Retry-After, and do not count OPTIONS.",
      client: "Send requests less often.",
    },
    seeAlso: ["missing-allow-origin"],
  },
  "waf-challenge": {
    title: "A firewall answered with a challenge or a refusal",
    messages: {
      others: ["Attention Required! | Cloudflare", "Just a moment...", "The request could not be satisfied"],
    },
    causes: ["a firewall or bot protection (Cloudflare, Akamai, AWS WAF) took the request for a bot's"],
    fixes: { proxy: "Exempt the API from the challenge: a script cannot solve it." },
    seeAlso: ["missing-allow-origin"],
  },
});

/** The response came from somewhere else, or was meant for another origin. */
export const wrongAnswer: Chapter = chapter({ kind: "lookalike", phase: "response", section: "cors-check" })({
  "origin-not-in-allowlist": {
    kind: "cors",
    title: "The server has CORS, but this origin is not on its list",
    rule: "Most servers send no CORS header to an origin that is not on the list. The console then says that the header is missing.",
    firefoxName,
    causes: [
      "a new preview address, another port, http instead of https, www or not",
      "a trailing slash in the list's entry",
      "the web view of an app: capacitor://localhost, https://localhost",
    ],
    fixes: { server: "Add the exact origin to the list, or a pattern whose every match you own." },
    seeAlso: ["missing-allow-origin", "allow-origin-mismatch"],
  },
  "wrong-port-or-host": {
    title: "The request reached another server",
    rule: "The server that answered does not know this API, so it sends no CORS headers.",
    firefoxName,
    causes: [
      "the base URL is wrong: the port of the page instead of the API's, an old environment file",
      "another program listens on that port (on macOS, AirPlay uses 5000)",
    ],
    fixes: { client: "Open the URL in a tab, and see which server answers." },
    seeAlso: ["missing-allow-origin", "server-down"],
  },
  "host-not-allowed-dev-server": {
    title: "The development server refuses this host or origin",
    rule: "Development servers answer only known hosts, since otherwise any page could read your sources.",
    section: "cors-protocol",
    messages: { others: ["Blocked request. This host", "Invalid Host header", "Invalid Host/Origin header"] },
    causes: [
      "Vite, webpack or Next.js became stricter with an update",
      "a tunnel or another name points to the development server",
    ],
    fixes: {
      server:
        "Name the host (allowedHosts) and the page's origin (cors.origin) in its configuration; do not allow all of them.",
    },
    seeAlso: ["missing-allow-origin"],
  },
  "cached-response-without-cors": {
    title: "A cache returned a copy without CORS headers",
    rule: "A response that depends on Origin must say Vary: Origin, even when there was no Origin: otherwise the copy made for an <img> serves fetch() too.",
    section: "cors-and-caches",
    firefoxName,
    causes: [
      "the first load had no Origin (an image, a navigation), and the browser or a CDN kept it (S3 and CloudFront)",
      "Vary: Origin is sent only when there is an Origin",
    ],
    fixes: {
      server: "Send Vary: Origin on every response of the route.",
      proxy: "Put Origin into the cache key, and purge the cache.",
      client: "Load the image with crossorigin too, so that both requests are alike.",
    },
    seeAlso: ["cached-response-for-other-origin", "missing-allow-origin"],
  },
  "csrf-origin-check-failed": {
    title: "CSRF protection refused the origin",
    rule: "This is the application's own check, separate from CORS: it has its own list of origins.",
    section: "cors-protocol",
    messages: {
      others: [
        "Origin checking failed",
        "CSRF verification failed",
        "Cross-site POST form submissions are forbidden",
        "doesn't match base_url",
        "Invalid CSRF token",
      ],
    },
    causes: [
      "the page's origin is not on the list of the CSRF protection (Django: CSRF_TRUSTED_ORIGINS; Rails, SvelteKit, Spring)",
    ],
    fixes: { server: "Add the origin to the list of the CSRF protection too." },
  },
  "websocket-origin-rejected": {
    title: "A WebSocket was refused",
    rule: "WebSockets have no CORS: the server itself checks Origin, and this one refused it or was not there.",
    section: "websocket-origin",
    messages: {
      chromium: ["WebSocket connection to '{url}' failed:"],
      firefox: ["Firefox can't establish a connection to the server at {url}"],
      webkit: ["WebSocket connection to '{url}' failed:"],
    },
    causes: [
      "the origin is not on the socket server's list",
      "nothing listens there, or a proxy does not forward the upgrade",
    ],
    fixes: {
      server: "Let the socket server check Origin by the same policy as HTTP, with this origin on the list.",
      proxy: "Forward Upgrade and Connection.",
    },
  },
  "service-worker-failure": {
    title: "A service worker answered with an error or with a response that the page may not read",
    rule: "A service worker that intercepts a CORS request must answer with a response that is not opaque.",
    section: "service-workers",
    messages: {
      chromium: [
        "The FetchEvent for '{url}' resulted in a network error response:",
        "an 'opaque' response was used for a request whose type is not no-cors",
      ],
      firefox: [
        "A ServiceWorker intercepted the request and encountered an unexpected error",
        "A ServiceWorker passed a promise to FetchEvent.respondWith() that rejected with",
      ],
      webkit: ["FetchEvent.respondWith received an error:"],
    },
    causes: ["its cache holds an opaque response, or its handler threw"],
    fixes: { client: "Update or unregister the service worker; let it use CORS to fetch what it caches." },
  },
});
