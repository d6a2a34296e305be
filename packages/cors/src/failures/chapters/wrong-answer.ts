import type { Theme } from "../failure.ts";
import { corsAndCaches, corsCheck, corsProtocol, serviceWorkers, webSocketOrigin } from "../sections.ts";

const firefoxName = "CORSMissingAllowOrigin";

/** The answer came from elsewhere, or was right for somebody else. */
export const wrongAnswer: Theme<
  | "origin-not-in-allowlist"
  | "wrong-port-or-host"
  | "host-not-allowed-dev-server"
  | "cached-response-without-cors"
  | "csrf-origin-check-failed"
  | "websocket-origin-rejected"
  | "service-worker-failure"
> = {
  "origin-not-in-allowlist": {
    kind: "cors",
    phase: "response",
    title: "The server has CORS, and this origin is not on its list",
    rule: "Most servers answer an origin that is not on the list without any CORS header. The console then says that the header is missing.",
    section: corsCheck,
    firefoxName,
    messages: {},
    causes: [
      "a new preview address, another port, http instead of https, www or not",
      "a slash at the end of the entry in the list",
      "the web view of an app: capacitor://localhost, https://localhost",
    ],
    fixes: [{ who: "server", what: "Add the exact origin to the list, or a pattern of which you own every match." }],
    seeAlso: ["missing-allow-origin", "allow-origin-mismatch"],
  },
  "wrong-port-or-host": {
    kind: "lookalike",
    phase: "response",
    title: "The request reached another server",
    rule: "Whoever answered knows nothing of this API, and so sends no CORS headers.",
    section: corsCheck,
    firefoxName,
    messages: {},
    causes: [
      "the base URL is wrong: the port of the page instead of the API's, an old environment file",
      "another program listens on that port (on macOS AirPlay takes 5000)",
    ],
    fixes: [{ who: "client", what: "Open the URL in a tab, and look at who answers." }],
    seeAlso: ["missing-allow-origin", "server-down"],
  },
  "host-not-allowed-dev-server": {
    kind: "lookalike",
    phase: "response",
    title: "The development server refuses this host or origin",
    rule: "Development servers answer only hosts that they know, since any page could read your sources otherwise.",
    section: corsProtocol,
    messages: { others: ["Blocked request. This host", "Invalid Host header", "Invalid Host/Origin header"] },
    causes: [
      "Vite, webpack or Next.js became stricter with an update",
      "a tunnel or another name leads to the development server",
    ],
    fixes: [
      {
        who: "server",
        what: "Name the host (allowedHosts) and the page's origin (cors.origin) in its configuration; not all of them.",
      },
    ],
    seeAlso: ["missing-allow-origin"],
  },
  "cached-response-without-cors": {
    kind: "lookalike",
    phase: "response",
    title: "A cache gave back a copy without CORS headers",
    rule: "An answer that depends on Origin must say Vary: Origin, also where no Origin came: otherwise the copy made for an <img> serves fetch() too.",
    section: corsAndCaches,
    firefoxName,
    messages: {},
    causes: [
      "the first load had no Origin (an image, a navigation), and was kept by the browser or a CDN (S3 and CloudFront)",
      "Vary: Origin is sent only where Origin came",
    ],
    fixes: [
      { who: "server", what: "Send Vary: Origin on every answer of the route." },
      { who: "proxy", what: "Put Origin into the cache's key, and purge what is there." },
      { who: "client", what: "Load the image with crossorigin too, so that both ask alike." },
    ],
    seeAlso: ["cached-response-for-other-origin", "missing-allow-origin"],
  },
  "csrf-origin-check-failed": {
    kind: "lookalike",
    phase: "response",
    title: "CSRF protection refused the origin",
    rule: "That is a check of the application, beside CORS: it has its own list of origins.",
    section: corsProtocol,
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
    fixes: [{ who: "server", what: "Add the origin to the list of the CSRF protection too." }],
  },
  "websocket-origin-rejected": {
    kind: "lookalike",
    phase: "response",
    title: "A WebSocket was refused",
    rule: "WebSockets have no CORS: the server itself looks at Origin, and this one refused or was not there.",
    section: webSocketOrigin,
    messages: {
      chromium: ["WebSocket connection to '{url}' failed:"],
      firefox: ["Firefox can't establish a connection to the server at {url}"],
      webkit: ["WebSocket connection to '{url}' failed:"],
    },
    causes: [
      "the origin is not on the socket server's list",
      "nothing listens there, or a proxy does not pass the upgrade on",
    ],
    fixes: [
      {
        who: "server",
        what: "Let the socket server check Origin by the same policy as HTTP, with this origin on the list.",
      },
      { who: "proxy", what: "Pass Upgrade and Connection on." },
    ],
  },
  "service-worker-failure": {
    kind: "lookalike",
    phase: "response",
    title: "A service worker answered with an error or with what the page may not read",
    rule: "A service worker that stands between must answer a CORS request with an answer that is not opaque.",
    section: serviceWorkers,
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
    causes: ["its cache holds an opaque answer, or its handler threw"],
    fixes: [{ who: "client", what: "Update or unregister the service worker; let it fetch with CORS what it keeps." }],
  },
};
