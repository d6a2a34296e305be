import type { Theme } from "../failure.ts";
import { corsProtocol, filteredResponse, mainFetch, originHeader, schemeFetch } from "../sections.ts";

/** The page's own choice of mode or scheme, or its browser's settings, rule a cross-origin answer out. */
export const modes: Theme<
  | "disallowed-by-mode"
  | "no-cors-redirect-mode"
  | "cors-disabled-scheme"
  | "opaque-response-no-cors"
  | "cors-disabled-in-browser"
  | "origin-header-not-added"
> = {
  "disallowed-by-mode": {
    kind: "cors",
    phase: "request",
    title: 'The page said mode: "same-origin", and the URL is another origin\'s',
    rule: 'With mode: "same-origin" any other origin, at a redirect too, is a network error. No header of the server can change that.',
    section: mainFetch,
    messages: {
      chromium: [
        "Fetch API cannot load {url} Request mode is 'same-origin' but the URL's origin is not same as the request origin {origin}",
        "Cross origin requests are not allowed by request mode.",
        "Unsafe attempt to load URL {url} from frame with URL {origin} Domains, protocols and ports must match.",
        "net::ERR_ABORTED",
      ],
      firefox: ["Security Error: Content at {origin} may not load data from {url}"],
      webkit: [
        "Unsafe attempt to load URL {url} from origin {origin} Domains, protocols and ports must match.",
        "Fetch API cannot load {url}",
      ],
    },
    causes: [
      'the page says mode: "same-origin"',
      "a worker's script lies on another origin",
      "the origins differ in port or scheme only",
    ],
    fixes: [{ who: "client", what: 'Use mode: "cors" (the default), or serve it from the page\'s own origin.' }],
  },
  "no-cors-redirect-mode": {
    kind: "cors",
    phase: "request",
    title: 'mode: "no-cors" allows redirect: "follow" only',
    rule: 'With mode: "no-cors" the redirect mode must be "follow".',
    section: mainFetch,
    messages: {
      chromium: ["Fetch API cannot load {url} Request mode is 'no-cors' but the redirect mode is not 'follow'."],
      webkit: ["No-Cors mode requires follow redirect mode"],
    },
    causes: ['mode: "no-cors" beside redirect: "error" or "manual"'],
    fixes: [{ who: "client", what: 'Use mode: "cors", or leave redirect away.' }],
    seeAlso: ["opaque-response-no-cors"],
  },
  "cors-disabled-scheme": {
    kind: "cors",
    phase: "request",
    title: "The URL is not http or https",
    rule: "CORS is for http: and https: only; a page cannot fetch file:, app or misspelt schemes across origins.",
    section: schemeFetch,
    firefoxName: "CORSRequestNotHttp",
    messages: {
      chromium: [
        "Cross origin requests are only supported for protocol schemes:",
        "URL scheme '{value}' is not supported.",
        "URL scheme must be 'http' or 'https' for CORS request.",
        "Not allowed to load local resource:",
      ],
      firefox: [
        "CORS request not http",
        "Security Error: Content at {origin} may not load or link to {url}",
        "Security Error: Content at {origin} may not load data from {url}",
      ],
      webkit: ["Cross origin requests are only supported for HTTP."],
    },
    causes: [
      "the HTML file was opened by a double click (file://), and asks for another file",
      "http:// is missing: localhost:3000 is read as the scheme localhost",
    ],
    fixes: [
      { who: "client", what: "Open the folder through a local web server, and write http:// or https:// in the URL." },
    ],
    seeAlso: ["origin-null"],
  },
  "opaque-response-no-cors": {
    kind: "silent",
    phase: "response",
    title: 'mode: "no-cors" gave an answer that nobody can read',
    rule: 'With mode: "no-cors" the answer is opaque: status 0, no headers, no body. It does not switch CORS off; it gives up reading.',
    section: filteredResponse,
    messages: {},
    causes: ['somebody put mode: "no-cors" there to make the red line go away'],
    fixes: [
      { who: "client", what: 'Leave mode: "no-cors" away.' },
      { who: "server", what: "Allow the page's origin by CORS." },
    ],
    seeAlso: ["missing-allow-origin"],
  },
  "cors-disabled-in-browser": {
    kind: "cors",
    phase: "request",
    title: "CORS is switched off in this Firefox",
    rule: "The preference content.cors.disable makes every cross-origin request fail. The standard knows no such switch.",
    section: corsProtocol,
    firefoxName: "CORSDisabled",
    messages: { firefox: ["CORS disabled"] },
    causes: ["content.cors.disable is true in about:config"],
    fixes: [{ who: "client", what: "Set content.cors.disable back to false in about:config." }],
  },
  "origin-header-not-added": {
    kind: "cors",
    phase: "request",
    title: "Firefox could not add the Origin header",
    rule: "A CORS request must carry Origin.",
    section: originHeader,
    firefoxName: "CORSOriginHeaderNotAdded",
    messages: { firefox: ["CORS header 'Origin' cannot be added"] },
    causes: ["code of an extension that stands between several pages"],
    fixes: [
      { who: "client", what: "Make the request from the extension's background page, or from an ordinary page." },
    ],
  },
};
