import { type Chapter, chapter } from "../chapter.ts";

/** Another rule of the browser, the page or an extension blocked it. */
export const blocked: Chapter = chapter({ kind: "lookalike", phase: "network" })({
  "mixed-content": {
    title: "An https page requested http: this is not CORS",
    rule: "A secure page may not fetch from an insecure URL; it is blocked before anything is sent. http://localhost and http://127.0.0.1 are exceptions.",
    section: "mixed-content",
    messages: {
      chromium: [
        "Mixed Content: The page at '{from}' was loaded over HTTPS, but requested an insecure {value} '{url}'.",
      ],
      firefox: ["Blocked loading mixed active content '{url}'"],
      webkit: [
        "The page at {from} was not allowed to display insecure content from {url}",
        "The page at {from} was not allowed to run insecure content from {url}",
        "requested insecure content from {url}",
      ],
    },
    causes: ["the base URL of the API starts with http:"],
    fixes: { client: "Write https: in the URL.", server: "Offer https." },
    seeAlso: ["preflight-redirect-http-to-https"],
  },
  "blocked-by-client": {
    title: "An extension or the browser's administrator blocked it: this is not CORS",
    rule: "The request was stopped inside the browser, before anything was sent.",
    section: "network-error",
    messages: {
      chromium: ["net::ERR_BLOCKED_BY_CLIENT", "net::ERR_BLOCKED_BY_ADMINISTRATOR"],
      firefox: ["CORS request did not succeed"],
      webkit: [
        "Content blocker prevented frame displaying",
        "Blocked by content blocker",
        "Blocked by content extension",
      ],
    },
    causes: ["an ad or tracker blocker matches the URL (/ads, /track, /collect, /analytics)", "a company policy"],
    fixes: { client: "Try a clean profile; rename the path to something that no block list matches." },
  },
  "blocked-by-csp": {
    phase: "request",
    title: "The page's own Content-Security-Policy forbids it: this is not CORS",
    rule: "The page's connect-src says where its scripts may connect. It is checked before anything is sent.",
    section: "csp",
    messages: {
      chromium: [
        "Refused to connect to '{url}' because it violates the following Content Security Policy directive:",
        "violates the following Content Security Policy directive:",
        "Refused to connect because it violates the document's Content Security Policy.",
      ],
      firefox: [
        "The page's settings blocked the loading of a resource ({what}) at {url} because it violates the following directive:",
        "The page's settings blocked the loading of a resource at {url}",
      ],
      webkit: ["Refused to connect to {url} because it", "Blocked by Content Security Policy"],
    },
    causes: ["the page's connect-src (or default-src) does not name the API"],
    fixes: { client: "Add the API's origin to the page's connect-src." },
  },
  "blocked-by-corp": {
    phase: "response",
    title: "Cross-Origin-Resource-Policy blocked the load: this is not CORS",
    rule: "A response to a no-cors request (an <img>, a <script>) may say who can embed it; a page with COEP: require-corp insists that it does.",
    section: "cross-origin-resource-policy-check",
    messages: {
      chromium: ["net::ERR_BLOCKED_BY_RESPONSE", "corp-not-same-origin", "corp-not-same-site"],
      firefox: ["was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof)."],
      webkit: [
        "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header.",
      ],
    },
    causes: [
      "the response says same-origin or same-site",
      "the page is isolated (COEP), and the response says nothing",
    ],
    fixes: {
      server: "Send Cross-Origin-Resource-Policy: cross-origin with public resources.",
      client: "Load it with CORS: crossorigin on the element, or fetch().",
    },
  },
  "blocked-by-orb": {
    phase: "response",
    title: "Opaque response blocking withheld the response: this is not CORS",
    rule: "A no-cors load of an image, a script or media gets the response only if it is one.",
    section: "orb",
    messages: {
      chromium: ["net::ERR_BLOCKED_BY_ORB", "Cross-Origin Read Blocking (CORB) blocked cross-origin response"],
      firefox: ["was blocked by OpaqueResponseBlocking", "OpaqueResponseBlocking"],
    },
    causes: ["an <img> or <script> that points to JSON, or to an HTML error page"],
    fixes: {
      server: "Send the right Content-Type; fix the 404 behind it.",
      client: "Load data with fetch() and CORS.",
    },
  },
  "forbidden-request-header": {
    phase: "request",
    title: "The page set a header that only the browser may set",
    rule: "Origin, Host, Cookie, Sec-… and a few others are set by the browser alone; a value set by a script is dropped.",
    section: "forbidden-request-header",
    messages: {
      chromium: ["Refused to set unsafe header '{header}'"],
      firefox: ["Attempt to set a forbidden header was denied: {header}"],
      webkit: ["Refused to set unsafe header '{header}'"],
    },
    causes: ["the code sets Origin, Host or Cookie by hand"],
    fixes: { client: "Do not set it: the browser sends Origin by itself." },
  },
});
