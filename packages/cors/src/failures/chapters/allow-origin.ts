import { type Chapter, chapter } from "../chapter.ts";

const firefoxMismatch = "CORS header 'Access-Control-Allow-Origin' does not match '{value}'";
const webkitRefusal = "Origin {origin} is not allowed by Access-Control-Allow-Origin.";

/** No `Access-Control-Allow-Origin` at all: the first of the four errors that everyone meets. */
export const missingAllowOrigin: Chapter = chapter({
  kind: "cors",
  phase: "response",
  section: "cors-check",
  firefoxName: "CORSMissingAllowOrigin",
})({
  "missing-allow-origin": {
    title: "The response has no Access-Control-Allow-Origin header",
    rule: "A page may read a response from another origin only if the response says so: without Access-Control-Allow-Origin the browser withholds it, whatever its status. The request did reach the server.",
    messages: {
      chromium: [
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        "No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin '{origin}' is therefore not allowed access.",
      ],
      firefox: ["CORS header 'Access-Control-Allow-Origin' missing"],
      webkit: [webkitRefusal],
    },
    causes: [
      "the page's origin is not on the server's list, or CORS is not set up for this path",
      "the response was made outside the CORS code: a crash, a 404, a proxy's 502, a rate limiter, a firewall",
      "the request went elsewhere: wrong host, port or path",
      "a cache returned a copy that was made for a request without Origin",
    ],
    fixes: {
      server:
        "Set Access-Control-Allow-Origin to the page's origin, and add Vary: Origin, on every response, errors included.",
      proxy: "Add the header to the responses that the proxy makes itself (nginx: add_header … always).",
      client:
        "Check the status of this request in the network panel: if it is an error, fix that first. If the server is not yours, call it through your own back end.",
    },
    seeAlso: [
      "origin-not-in-allowlist",
      "error-response-without-cors",
      "wrong-port-or-host",
      "cached-response-without-cors",
    ],
  },
  "preflight-missing-allow-origin": {
    title: "The preflight response has no Access-Control-Allow-Origin header",
    rule: "Before such a request the browser sends OPTIONS, and that response must pass the CORS check too. It did not, so the request itself was never sent.",
    causes: [
      "the router (404, 405), authentication (401) or the gateway answers OPTIONS before the CORS code does",
      "the page's origin is not on the server's list",
      "the headers are set only in the handlers of GET and POST",
    ],
    fixes: {
      server:
        "Answer OPTIONS with Access-Control-Request-Method before authentication, routing and body parsing, and send the page's origin.",
      proxy: "Pass OPTIONS on, or answer it with the same policy; never both.",
    },
    seeAlso: ["preflight-no-options-handler", "preflight-unauthorized", "origin-not-in-allowlist"],
  },
});

const whyNoOrigin = [
  "the scheme is missing (example.com), or a slash or a path follows",
  "the header holds a pattern: https://*.example.com",
  'true, undefined, an empty string, quotes, or a variable that was not filled in: "$http_origin"',
] as const;

/** `Access-Control-Allow-Origin` is present, and is not the page's origin. */
export const allowOriginValue: Chapter = chapter({ kind: "cors", phase: "response", section: "cors-check" })({
  "allow-origin-mismatch": {
    title: "Access-Control-Allow-Origin names another origin",
    rule: "The header is compared with the page's origin byte for byte: scheme, host and port, and nothing after them.",
    firefoxName: "CORSAllowOriginNotMatchingOrigin",
    messages: {
      chromium: [
        "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin.",
      ],
      firefox: [firefoxMismatch],
      webkit: [webkitRefusal],
    },
    causes: [
      "http or https, www or not, a port, localhost or 127.0.0.1: one of them differs",
      "the server sends one fixed origin to everyone",
      "a cache returned the response made for another site, because Vary: Origin is missing",
      "the page's origin is null: a file, a sandboxed frame, or a redirect through another origin",
    ],
    fixes: {
      server: "Send the entry of the list that equals the request's Origin, and Vary: Origin.",
      proxy: "Keep responses to different origins apart: Origin belongs in the cache key.",
      client: "Open the page at the address that the server allows.",
    },
    seeAlso: ["cached-response-for-other-origin", "origin-null", "redirect-origin-becomes-null"],
  },
  "preflight-allow-origin-mismatch": {
    title: "The preflight response names another origin",
    rule: "The response to OPTIONS is compared with the page's origin byte for byte, like the response to the request. The request was never sent.",
    causes: [
      "http or https, www or not, a port, localhost or 127.0.0.1: one of them differs",
      "a second CORS layer with other settings answers OPTIONS",
      "the server sends one fixed origin to everyone",
    ],
    fixes: {
      server: "Answer OPTIONS and the request by one policy, with the entry of the list that equals Origin.",
      client: "Open the page at the address that the server allows.",
    },
    seeAlso: ["allow-origin-mismatch", "origin-null"],
  },
  "multiple-allow-origin-values": {
    title: "Access-Control-Allow-Origin has more than one value",
    rule: "Two lines of a header count as one value with a comma, and no origin has a comma: even *, * and the right origin twice fail.",
    firefoxName: "CORSMultipleAllowOriginNotAllowed",
    messages: {
      chromium: [
        "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.",
      ],
      firefox: [firefoxMismatch, "Multiple CORS header 'Access-Control-Allow-Origin' not allowed"],
      webkit: ["Access-Control-Allow-Origin cannot contain more than one origin.", webkitRefusal],
    },
    causes: [
      "the application and the proxy in front of it (nginx, Traefik, a CDN, App Service) both add the header",
      "a whole list was written into the header",
      "the CORS middleware is registered twice, or a browser extension adds the header",
    ],
    fixes: {
      proxy: "Let one layer own CORS: remove the upstream's headers before adding others (nginx: proxy_hide_header).",
      server: "Compare Origin with the list, and send the one entry that matches.",
    },
    misconfigurations: ["duplicate-acao"],
    seeAlso: ["preflight-multiple-allow-origin-values"],
  },
  "preflight-multiple-allow-origin-values": {
    title: "The preflight response has more than one Access-Control-Allow-Origin",
    rule: "Two lines of a header count as one value with a comma, and no origin has a comma. The request was never sent.",
    causes: [
      "two layers answer OPTIONS or add headers to it: the application and the proxy in front of it",
      "a whole list was written into the header",
    ],
    fixes: {
      proxy: "Let one layer own OPTIONS: pass it on untouched, or answer it and remove the upstream's headers.",
      server: "Compare Origin with the list, and send the one entry that matches.",
    },
    seeAlso: ["multiple-allow-origin-values"],
  },
  "invalid-allow-origin-value": {
    title: "Access-Control-Allow-Origin is not an origin",
    rule: "The header is an origin (scheme://host, and :port where it is not the scheme's own), * or null. Patterns, lists and quotes do not exist on the wire.",
    firefoxName: "CORSAllowOriginNotMatchingOrigin",
    messages: {
      chromium: ["The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'."],
      firefox: [firefoxMismatch],
      webkit: [webkitRefusal],
    },
    causes: whyNoOrigin,
    fixes: {
      server:
        "Check origins when the configuration is loaded: scheme://host[:port]; match patterns in code and send the request's own origin.",
    },
    misconfigurations: ["invalid-acao-syntax"],
    seeAlso: ["allow-origin-mismatch"],
  },
  "preflight-invalid-allow-origin-value": {
    title: "The preflight's Access-Control-Allow-Origin is not an origin",
    rule: "The header is an origin (scheme://host, and :port where it is not the scheme's own), * or null. The request was never sent.",
    causes: whyNoOrigin,
    fixes: {
      server:
        "Check origins when the configuration is loaded: scheme://host[:port]; and let one policy answer OPTIONS and the request.",
    },
    seeAlso: ["invalid-allow-origin-value"],
  },
  "cached-response-for-other-origin": {
    title: "A cache returned the response made for another site",
    rule: "A response that depends on Origin must say Vary: Origin; otherwise a cache gives every site the first site's response.",
    section: "cors-and-caches",
    causes: ["a CDN whose cache key leaves Origin out", "Vary: Origin is missing, or is sent to allowed origins only"],
    fixes: {
      server: "Send Vary: Origin on every response of the route, even when there was no Origin or it was refused.",
      proxy: "Put Origin into the cache key, and purge the cache.",
    },
    misconfigurations: ["cached-acao"],
    seeAlso: ["allow-origin-mismatch", "cached-response-without-cors"],
  },
  "origin-null": {
    phase: "request",
    title: "The page has no origin of its own: it sends null",
    rule: "Files, data: documents, sandboxed frames and requests that were redirected through another origin send Origin: null. Any site can produce one, so null must not be trusted.",
    section: "opaque-origin",
    causes: [
      "the HTML file was opened with a double click (file://)",
      "the page runs in a sandboxed frame or a preview pane",
      "a redirect led through another origin",
    ],
    fixes: {
      client: "Open the page from a local web server (http://localhost), or add allow-same-origin to your own frame.",
      server: "Do not allow null, least of all with credentials: any site can send it.",
    },
    seeAlso: ["redirect-origin-becomes-null", "cors-disabled-scheme"],
  },
});
