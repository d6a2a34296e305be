import type { Theme } from "../failure.ts";
import { corsAndCaches, corsCheck, corsPreflightFetch, opaqueOrigin } from "../sections.ts";

const preflight = "Response to preflight request doesn't pass access control check: ";
const notEqual =
  "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied origin.";
const several = "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.";
const invalid = "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.";
const firefoxMismatch = "CORS header 'Access-Control-Allow-Origin' does not match '{value}'";
const webkitRefusal = "Origin {origin} is not allowed by Access-Control-Allow-Origin.";
const webkitSeveral = "Access-Control-Allow-Origin cannot contain more than one origin.";

/** `Access-Control-Allow-Origin` is there, and is not the page's origin. */
export const allowOriginValue: Theme<
  | "allow-origin-mismatch"
  | "preflight-allow-origin-mismatch"
  | "multiple-allow-origin-values"
  | "preflight-multiple-allow-origin-values"
  | "invalid-allow-origin-value"
  | "preflight-invalid-allow-origin-value"
  | "cached-response-for-other-origin"
  | "origin-null"
> = {
  "allow-origin-mismatch": {
    kind: "cors",
    phase: "response",
    title: "Access-Control-Allow-Origin names another origin",
    rule: "The header is compared with the page's origin byte for byte: scheme, host and port, and nothing behind them.",
    section: corsCheck,
    firefoxName: "CORSAllowOriginNotMatchingOrigin",
    messages: { chromium: [notEqual], firefox: [firefoxMismatch], webkit: [webkitRefusal] },
    causes: [
      "http or https, www or not, a port, localhost or 127.0.0.1: one of them differs",
      "the server answers everybody with one fixed origin",
      "a cache gave back the answer to another site, since Vary: Origin is missing",
      "the page's origin is null: a file, a sandboxed frame, or a redirect through another origin",
    ],
    fixes: [
      {
        who: "server",
        what: "Answer with that entry of the list which equals the request's Origin, and Vary: Origin.",
      },
      { who: "proxy", what: "Keep answers to different origins apart: Origin belongs into the cache's key." },
      { who: "client", what: "Open the page at the address that the server allows." },
    ],
    seeAlso: ["cached-response-for-other-origin", "origin-null", "redirect-origin-becomes-null"],
  },
  "preflight-allow-origin-mismatch": {
    kind: "cors",
    phase: "preflight",
    title: "The answer to the preflight names another origin",
    rule: "The answer to OPTIONS is compared with the page's origin byte for byte, as the answer to the request is. The request was never sent.",
    section: corsPreflightFetch,
    firefoxName: "CORSAllowOriginNotMatchingOrigin",
    messages: { chromium: [preflight + notEqual], firefox: [firefoxMismatch], webkit: [webkitRefusal] },
    causes: [
      "http or https, www or not, a port, localhost or 127.0.0.1: one of them differs",
      "OPTIONS is answered by a second CORS layer with other settings",
      "the server answers everybody with one fixed origin",
    ],
    fixes: [
      {
        who: "server",
        what: "Answer OPTIONS and the request by one policy, with that entry of the list which equals Origin.",
      },
      { who: "client", what: "Open the page at the address that the server allows." },
    ],
    seeAlso: ["allow-origin-mismatch", "origin-null"],
  },
  "multiple-allow-origin-values": {
    kind: "cors",
    phase: "response",
    title: "Access-Control-Allow-Origin has more than one value",
    rule: "Two lines of a header count as one value with a comma, and no origin has a comma: even *, * and twice the right origin fail.",
    section: corsCheck,
    firefoxName: "CORSMultipleAllowOriginNotAllowed",
    messages: {
      chromium: [several],
      firefox: [firefoxMismatch, "Multiple CORS header 'Access-Control-Allow-Origin' not allowed"],
      webkit: [webkitSeveral, webkitRefusal],
    },
    causes: [
      "the application and the proxy before it (nginx, Traefik, a CDN, App Service) both add the header",
      "a whole list was written into the header",
      "the CORS middleware is registered twice, or a browser extension adds the header",
    ],
    fixes: [
      {
        who: "proxy",
        what: "Let one layer own CORS: take the upstream's headers away before adding others (nginx: proxy_hide_header).",
      },
      { who: "server", what: "Compare Origin with the list, and answer with the one entry that matches." },
    ],
    seeAlso: ["preflight-multiple-allow-origin-values"],
  },
  "preflight-multiple-allow-origin-values": {
    kind: "cors",
    phase: "preflight",
    title: "The answer to the preflight has more than one Access-Control-Allow-Origin",
    rule: "Two lines of a header count as one value with a comma, and no origin has a comma. The request was never sent.",
    section: corsPreflightFetch,
    firefoxName: "CORSMultipleAllowOriginNotAllowed",
    messages: {
      chromium: [preflight + several],
      firefox: [firefoxMismatch, "Multiple CORS header 'Access-Control-Allow-Origin' not allowed"],
      webkit: [webkitSeveral, webkitRefusal],
    },
    causes: [
      "two layers answer or decorate OPTIONS: the application and the proxy before it",
      "a whole list was written into the header",
    ],
    fixes: [
      {
        who: "proxy",
        what: "Let one layer own OPTIONS: pass it on untouched, or answer it and take the upstream's headers away.",
      },
      { who: "server", what: "Compare Origin with the list, and answer with the one entry that matches." },
    ],
    seeAlso: ["multiple-allow-origin-values"],
  },
  "invalid-allow-origin-value": {
    kind: "cors",
    phase: "response",
    title: "Access-Control-Allow-Origin is not an origin",
    rule: "The header is an origin (scheme://host, and :port where it is not the scheme's own), * or null. There are no patterns, no lists and no quotes on the wire.",
    section: corsCheck,
    firefoxName: "CORSAllowOriginNotMatchingOrigin",
    messages: { chromium: [invalid], firefox: [firefoxMismatch], webkit: [webkitRefusal] },
    causes: [
      "the scheme is missing (example.com), or a slash or a path follows",
      "a pattern stands in the header: https://*.example.com",
      'true, undefined, an empty text, quotes, or a variable that was not filled in: "$http_origin"',
    ],
    fixes: [
      {
        who: "server",
        what: "Check origins when the configuration is loaded: scheme://host[:port]; match patterns in code and answer with the request's own origin.",
      },
    ],
    seeAlso: ["allow-origin-mismatch"],
  },
  "preflight-invalid-allow-origin-value": {
    kind: "cors",
    phase: "preflight",
    title: "The preflight's Access-Control-Allow-Origin is not an origin",
    rule: "The header is an origin (scheme://host, and :port where it is not the scheme's own), * or null. The request was never sent.",
    section: corsPreflightFetch,
    firefoxName: "CORSAllowOriginNotMatchingOrigin",
    messages: { chromium: [preflight + invalid], firefox: [firefoxMismatch], webkit: [webkitRefusal] },
    causes: [
      "the scheme is missing (example.com), or a slash or a path follows",
      "a pattern stands in the header: https://*.example.com",
      'true, undefined, an empty text, quotes, or a variable that was not filled in: "$http_origin"',
    ],
    fixes: [
      {
        who: "server",
        what: "Check origins when the configuration is loaded: scheme://host[:port]; and let one policy answer OPTIONS and the request.",
      },
    ],
    seeAlso: ["invalid-allow-origin-value"],
  },
  "cached-response-for-other-origin": {
    kind: "cors",
    phase: "response",
    title: "A cache gave back the answer to another site",
    rule: "An answer that depends on Origin must say Vary: Origin; otherwise a cache hands the first site's answer to all.",
    section: corsAndCaches,
    messages: {},
    causes: [
      "a CDN whose key leaves Origin out",
      "Vary: Origin is missing, or is sent only to origins that are allowed",
    ],
    fixes: [
      {
        who: "server",
        what: "Send Vary: Origin on every answer of the route, also where no Origin came or it was refused.",
      },
      { who: "proxy", what: "Put Origin into the cache's key, and purge what is there." },
    ],
    seeAlso: ["allow-origin-mismatch", "cached-response-without-cors"],
  },
  "origin-null": {
    kind: "cors",
    phase: "request",
    title: "The page has no origin of its own: it says null",
    rule: "Files, data: documents, sandboxed frames and requests that were redirected through another origin send Origin: null. Any site can make one, so null must not be trusted.",
    section: opaqueOrigin,
    messages: {},
    causes: [
      "the HTML file was opened by a double click (file://)",
      "the page runs in a sandboxed frame or a preview pane",
      "a redirect led through another origin",
    ],
    fixes: [
      {
        who: "client",
        what: "Open the page from a local web server (http://localhost), or give your own frame allow-same-origin.",
      },
      { who: "server", what: "Do not allow null, least of all with credentials: every site can send it." },
    ],
    seeAlso: ["redirect-origin-becomes-null", "cors-disabled-scheme"],
  },
};
