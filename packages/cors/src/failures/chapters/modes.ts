import { type Chapter, chapter } from "../chapter.ts";

/** The page's own mode or scheme, or its browser's settings, rule out a cross-origin response. */
export const modes: Chapter = chapter({ kind: "cors", phase: "request", section: "main-fetch" })({
  "disallowed-by-mode": {
    title: 'The page uses mode: "same-origin", and the URL is on another origin',
    rule: 'With mode: "same-origin" any other origin, at a redirect too, is a network error. No header from the server can change that.',
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
      'the page uses mode: "same-origin"',
      "a worker's script is on another origin",
      "the origins differ only in port or scheme",
    ],
    fixes: { client: 'Use mode: "cors" (the default), or serve it from the page\'s own origin.' },
  },
  "no-cors-redirect-mode": {
    title: 'mode: "no-cors" allows redirect: "follow" only',
    rule: 'With mode: "no-cors" the redirect mode must be "follow".',
    messages: {
      chromium: ["Fetch API cannot load {url} Request mode is 'no-cors' but the redirect mode is not 'follow'."],
      webkit: ["No-Cors mode requires follow redirect mode"],
    },
    causes: ['mode: "no-cors" with redirect: "error" or "manual"'],
    fixes: { client: 'Use mode: "cors", or remove redirect.' },
    seeAlso: ["opaque-response-no-cors"],
  },
  "cors-disabled-scheme": {
    title: "The URL is not http or https",
    rule: "CORS is for http: and https: only; a page cannot fetch file:, app or misspelled schemes across origins.",
    section: "scheme-fetch",
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
      "the HTML file was opened with a double click (file://), and requests another file",
      "http:// is missing: localhost:3000 is read as the scheme localhost",
    ],
    fixes: { client: "Open the folder through a local web server, and write http:// or https:// in the URL." },
    seeAlso: ["origin-null"],
  },
  "opaque-response-no-cors": {
    kind: "silent",
    phase: "response",
    title: 'mode: "no-cors" gives a response that the page cannot read',
    rule: 'With mode: "no-cors" the response is opaque: status 0, no headers, no body. It does not switch CORS off; it gives up reading.',
    section: "filtered-response",
    causes: ['mode: "no-cors" was added to make the red line go away'],
    fixes: { client: 'Remove mode: "no-cors".', server: "Allow the page's origin through CORS." },
    seeAlso: ["missing-allow-origin"],
  },
  "cors-disabled-in-browser": {
    title: "CORS is switched off in this Firefox",
    rule: "The preference content.cors.disable makes every cross-origin request fail. The standard has no such switch.",
    section: "cors-protocol",
    firefoxName: "CORSDisabled",
    messages: { firefox: ["CORS disabled"] },
    causes: ["content.cors.disable is true in about:config"],
    fixes: { client: "Set content.cors.disable back to false in about:config." },
  },
  "origin-header-not-added": {
    title: "Firefox could not add the Origin header",
    rule: "A CORS request must carry Origin.",
    section: "origin-header",
    firefoxName: "CORSOriginHeaderNotAdded",
    messages: { firefox: ["CORS header 'Origin' cannot be added"] },
    causes: ["an extension's code that runs between pages"],
    fixes: { client: "Make the request from the extension's background page, or from an ordinary page." },
  },
});
