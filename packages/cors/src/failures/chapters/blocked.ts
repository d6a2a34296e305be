import type { Theme } from "../failure.ts";
import { corpCheck, csp, forbiddenRequestHeader, mixedContent, networkError, orb } from "../sections.ts";

const kind = "lookalike";

/** Another rule of the browser, of the page or of an extension stopped it. */
export const blocked: Theme<
  | "mixed-content"
  | "blocked-by-client"
  | "blocked-by-csp"
  | "blocked-by-corp"
  | "blocked-by-orb"
  | "forbidden-request-header"
> = {
  "mixed-content": {
    kind,
    phase: "network",
    title: "A page on https asked for http: it is not CORS",
    rule: "A secure page may not fetch from an insecure URL; it is blocked before anything is sent. http://localhost and http://127.0.0.1 are the exception.",
    section: mixedContent,
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
    causes: ["the base URL of the API is written with http:"],
    fixes: [
      { who: "client", what: "Write https: in the URL." },
      { who: "server", what: "Offer https." },
    ],
    seeAlso: ["preflight-redirect-http-to-https"],
  },
  "blocked-by-client": {
    kind,
    phase: "network",
    title: "An extension or the browser's administrator blocked it: it is not CORS",
    rule: "The request was stopped inside the browser, before anything was sent.",
    section: networkError,
    messages: {
      chromium: ["net::ERR_BLOCKED_BY_CLIENT", "net::ERR_BLOCKED_BY_ADMINISTRATOR"],
      firefox: ["CORS request did not succeed"],
      webkit: [
        "Content blocker prevented frame displaying",
        "Blocked by content blocker",
        "Blocked by content extension",
      ],
    },
    causes: ["an ad or tracker blocker knows the URL (/ads, /track, /collect, /analytics)", "a rule of the company"],
    fixes: [{ who: "client", what: "Try a clean profile; give the path a name that no list holds." }],
  },
  "blocked-by-csp": {
    kind,
    phase: "request",
    title: "The page's own Content-Security-Policy forbids it: it is not CORS",
    rule: "connect-src of the page says where its scripts may connect to. It is asked before anything is sent.",
    section: csp,
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
    causes: ["connect-src (or default-src) of the page does not name the API"],
    fixes: [{ who: "client", what: "Add the API's origin to connect-src of the page." }],
  },
  "blocked-by-corp": {
    kind,
    phase: "response",
    title: "Cross-Origin-Resource-Policy refused the load: it is not CORS",
    rule: "An answer to a no-cors request (an <img>, a <script>) may say who can embed it; a page with COEP: require-corp insists that it does.",
    section: corpCheck,
    messages: {
      chromium: ["net::ERR_BLOCKED_BY_RESPONSE", "corp-not-same-origin", "corp-not-same-site"],
      firefox: ["was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof)."],
      webkit: [
        "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response header.",
      ],
    },
    causes: ["the answer says same-origin or same-site", "the page is isolated (COEP), and the answer says nothing"],
    fixes: [
      { who: "server", what: "Send Cross-Origin-Resource-Policy: cross-origin with what is public." },
      { who: "client", what: "Load it by CORS: crossorigin on the element, or fetch()." },
    ],
  },
  "blocked-by-orb": {
    kind,
    phase: "response",
    title: "Opaque response blocking held the answer back: it is not CORS",
    rule: "To a no-cors load of an image, a script or media the browser hands over only what is one.",
    section: orb,
    messages: {
      chromium: ["net::ERR_BLOCKED_BY_ORB", "Cross-Origin Read Blocking (CORB) blocked cross-origin response"],
      firefox: ["was blocked by OpaqueResponseBlocking", "OpaqueResponseBlocking"],
    },
    causes: ["an <img> or <script> that leads to JSON, or to an HTML error page"],
    fixes: [
      { who: "server", what: "Answer with the right Content-Type; mend the 404 behind it." },
      { who: "client", what: "Fetch data with fetch() and CORS." },
    ],
  },
  "forbidden-request-header": {
    kind,
    phase: "request",
    title: "The page set a header that is the browser's own",
    rule: "Origin, Host, Cookie, Sec-… and a few others are set by the browser alone; what a script writes there is dropped.",
    section: forbiddenRequestHeader,
    messages: {
      chromium: ["Refused to set unsafe header '{header}'"],
      firefox: ["Attempt to set a forbidden header was denied: {header}"],
      webkit: ["Refused to set unsafe header '{header}'"],
    },
    causes: ["somebody tried to set Origin, Host or Cookie by hand"],
    fixes: [{ who: "client", what: "Leave it away: the browser sends Origin by itself." }],
  },
};
