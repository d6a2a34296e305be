import { type Chapter, chapter } from "../chapter.ts";

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
        "In Chrome and Edge: F12, Console, reload the page, and paste the red line that says “blocked by CORS policy” or “net::ERR_”.",
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
