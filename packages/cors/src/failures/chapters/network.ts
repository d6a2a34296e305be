import { type Chapter, chapter } from "../chapter.ts";

const rule = "No response came, so CORS had nothing to check.";
const firefox = ["CORS request did not succeed"];

/** No reason is given: browsers keep it from scripts on purpose. Or nothing fails, and the page still does not get what it wants. */
export const noReason: Chapter = chapter({ kind: "lookalike", phase: "network" })({
  "opaque-network-error": {
    title: "This message holds no reason",
    rule: "A script learns only that a fetch failed, never why: the reason would tell a page about servers that it may not read. The browser writes the reason to its console only.",
    section: "network-error",
    messages: {
      chromium: ["Failed to fetch", "net::ERR_FAILED"],
      firefox: ["NetworkError when attempting to fetch resource."],
      webkit: [
        "Load failed",
        "cannot load {url} due to access control checks.",
        "Type error",
        "Fetch API cannot load {url}",
      ],
      others: ["Network Error", "ERR_NETWORK", "fetch failed", "Network request failed"],
    },
    causes: [
      "any CORS failure",
      "no response at all: the server is down, the certificate is not trusted, there is no network",
      "something in the browser blocked it: an extension, mixed content, the page's Content-Security-Policy",
      "the user left the page, or the request was aborted",
    ],
    fixes: {
      client: [
        "In Chrome and Edge: F12, Console, reload the page, and paste the error that says “blocked by CORS policy” or “net::ERR_”.",
        "In Firefox: F12, Console, reload the page, and paste the line that says “Reason:”, with its status code.",
        "In Safari: Develop, Show JavaScript Console, reload the page, and paste the line before “due to access control checks”.",
        "Or check the request without a browser: corsmith check, with the URL and the page's origin.",
      ],
    },
    seeAlso: ["server-down", "missing-allow-origin", "blocked-by-client", "mixed-content"],
  },
  "cors-request-did-not-succeed": {
    title: "Firefox got no response to check: most likely this is not CORS",
    rule: "Firefox says this when the request failed below CORS: no connection, an untrusted certificate, something that blocked it, or a redirect that it may not follow.",
    section: "http-network-fetch",
    firefoxName: "CORSDidNotSucceed",
    messages: { firefox: ["CORS request did not succeed"] },
    causes: [
      "the server is down, or the port is wrong",
      "the certificate is not trusted, for example a self-signed one in development",
      "an https page requested http, or an ad blocker",
      "the connection broke during the response",
      "a redirect loop, or a redirect to another scheme or to user:password@",
    ],
    fixes: {
      client: "Open the URL in a tab: the page that Firefox shows there names the problem.",
      server: "Check that the server is running, and what its log says about this request.",
    },
    seeAlso: ["server-down", "tls-failure", "mixed-content", "blocked-by-client", "connection-broken"],
  },
  "response-header-not-exposed": {
    kind: "silent",
    phase: "page",
    title: "The page cannot read a response header",
    rule: "Across origins a page sees Cache-Control, Content-Language, Content-Length, Content-Type, Expires, Last-Modified and Pragma; every other header must be listed in Access-Control-Expose-Headers. With credentials * is just a name there.",
    section: "filtered-response",
    messages: {
      chromium: ["Refused to get unsafe header '{header}'"],
      webkit: ["Refused to get unsafe header '{header}'"],
    },
    causes: ["ETag, Location, Content-Disposition, X-Total-Count, Retry-After or Mcp-Session-Id is not exposed"],
    fixes: {
      server: "Name it in Access-Control-Expose-Headers, in the response to the request and not to the preflight.",
    },
  },
  "canvas-or-media-tainted": {
    kind: "silent",
    phase: "page",
    title: "An image, a video or a font was loaded without CORS",
    rule: "What was loaded without CORS can be shown but not read: a canvas that holds it returns no data.",
    section: "origin-clean",
    messages: {
      chromium: ["Tainted canvases may not be exported.", "The canvas has been tainted by cross-origin data."],
      firefox: ["The operation is insecure."],
      webkit: [
        "The operation is insecure.",
        "Unable to get image data from canvas because the canvas has been tainted",
      ],
    },
    causes: ["crossorigin is missing on the element", "the first load without it is still in the cache"],
    fixes: {
      client: 'Write crossorigin="anonymous" wherever the URL is used.',
      server: "Send Access-Control-Allow-Origin and Vary: Origin.",
    },
    seeAlso: ["cached-response-without-cors"],
  },
  "script-error-muted": {
    kind: "silent",
    phase: "page",
    title: "window.onerror says only “Script error.”",
    rule: "Errors of a script from another origin are muted, unless it was loaded with CORS.",
    section: "muted-errors",
    messages: { chromium: ["Script error."], firefox: ["Script error."], webkit: ["Script error."] },
    causes: ["a script from a CDN without crossorigin"],
    fixes: {
      client: 'Write crossorigin="anonymous" on the <script>.',
      server: "Let the CDN send Access-Control-Allow-Origin.",
    },
  },
});

/** No response came back. */
export const network: Chapter = chapter({
  kind: "lookalike",
  phase: "network",
  section: "http-network-fetch",
  rule,
  firefoxName: "CORSDidNotSucceed",
})({
  "server-down": {
    title: "Nothing is listening there: this is not CORS",
    messages: {
      chromium: ["net::ERR_CONNECTION_REFUSED", "net::ERR_ADDRESS_UNREACHABLE"],
      firefox,
      webkit: ["Could not connect to the server.", "Could not connect to {value}: Connection refused"],
      others: ["ECONNREFUSED"],
    },
    causes: [
      "the server is not running, or has just crashed",
      "the port is wrong, or the container does not publish it",
      "it listens on IPv6 or 127.0.0.1 only, and the page calls another address",
    ],
    fixes: {
      server: "Start it; check that it listens on the address and port that the page calls.",
      client: "Correct the host and the port.",
    },
    seeAlso: ["wrong-port-or-host", "connection-broken"],
  },
  "connection-broken": {
    title: "The connection broke before a response came: this is not CORS",
    messages: {
      chromium: [
        "net::ERR_CONNECTION_RESET",
        "net::ERR_CONNECTION_CLOSED",
        "net::ERR_CONNECTION_ABORTED",
        "net::ERR_CONNECTION_TIMED_OUT",
        "net::ERR_EMPTY_RESPONSE",
        "net::ERR_TIMED_OUT",
        "net::ERR_HTTP2_PROTOCOL_ERROR",
        "net::ERR_QUIC_PROTOCOL_ERROR",
        "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
        "net::ERR_CONTENT_LENGTH_MISMATCH",
      ],
      firefox,
      webkit: ["The network connection was lost.", "Connection terminated unexpectedly", "Message corrupt"],
      others: ["ECONNRESET", "socket hang up"],
    },
    causes: [
      "the process crashed or ran out of memory",
      "a proxy closed the connection: a time-out, or a body that is too large",
    ],
    fixes: {
      server: "Look for a crash in the server's log.",
      proxy: "Answer with an HTTP error and CORS headers instead of closing the connection.",
    },
    seeAlso: ["server-down", "body-too-large-413"],
  },
  "dns-failure": {
    title: "The host name does not resolve: this is not CORS",
    messages: {
      chromium: ["net::ERR_NAME_NOT_RESOLVED"],
      firefox,
      webkit: ["A server with the specified hostname could not be found.", "Error resolving '{value}'"],
      others: ["ENOTFOUND"],
    },
    causes: [
      "the name is misspelled",
      "it is known only inside a network (VPN, Docker): a container's name means nothing to the browser",
    ],
    fixes: { client: "Correct the name, or join the network in which it is known." },
  },
  "tls-failure": {
    title: "The certificate or the TLS handshake failed: this is not CORS",
    messages: {
      chromium: ["net::ERR_CERT_{what}", "net::ERR_SSL_{what}", "net::ERR_BAD_SSL_CLIENT_AUTH_CERT"],
      firefox,
      webkit: [
        "The certificate for this server is invalid.",
        "An SSL error has occurred and a secure connection to the server cannot be made.",
        "Unacceptable TLS certificate",
      ],
    },
    causes: [
      "a self-signed development certificate",
      "an expired certificate, or one for another host",
      "the port speaks http, and the page calls it with https",
    ],
    fixes: {
      server: "Present a certificate that the browser trusts for this host.",
      client: "In development, open the API's URL in a tab once and accept its certificate.",
    },
  },
  offline: {
    title: "The device is offline: this is not CORS",
    messages: {
      chromium: ["net::ERR_INTERNET_DISCONNECTED", "net::ERR_NETWORK_CHANGED"],
      firefox,
      webkit: ["The Internet connection appears to be offline."],
    },
    causes: ["no network, or it changed during the request"],
    fixes: { client: "Try again when there is a network." },
  },
  "unsafe-port": {
    title: "Browsers block this port: this is not CORS",
    rule: "Ports that belong to other protocols are blocked before anything is sent.",
    section: "bad-port",
    messages: {
      chromium: [
        "net::ERR_UNSAFE_PORT",
        "Unsafe attempt to load URL {url} from frame with URL {origin} Domains, protocols and ports must match.",
      ],
      firefox: [
        ...firefox,
        "This address is restricted",
        "Security Error: Content at {origin} may not load data from {url}",
      ],
      webkit: [
        "Not allowed to use restricted network port",
        "CORS-preflight request was blocked",
        "Unsafe attempt to load URL {url} from origin {origin} Domains, protocols and ports must match.",
      ],
    },
    causes: ["the API listens on a blocked port, such as 6000 or 6666"],
    fixes: { server: "Listen on another port." },
  },
  "request-aborted": {
    title: "The page aborted the request itself; this is not CORS",
    firefoxName: undefined,
    rule: "An aborted request rejects, whatever the server would have answered.",
    section: "network-error",
    messages: {
      chromium: ["net::ERR_ABORTED", "AbortError", "signal is aborted without reason", "The user aborted a request."],
      firefox: ["NS_BINDING_ABORTED", "The operation was aborted."],
      webkit: ["Fetch is aborted"],
      others: ["CanceledError: canceled"],
    },
    causes: ["the user left the page", "a component was unmounted, or the page's own time-out expired"],
    fixes: { client: "Ignore aborted requests in error handling and monitoring." },
  },
  "not-in-cache": {
    kind: "request",
    title: 'The page uses cache: "only-if-cached", and nothing is cached',
    firefoxName: undefined,
    rule: "only-if-cached never uses the network.",
    section: "http-network-or-cache-fetch",
    messages: { chromium: ["net::ERR_CACHE_MISS"] },
    causes: ['cache: "only-if-cached" without an entry'],
    fixes: { client: 'Remove cache: "only-if-cached".' },
  },
});
