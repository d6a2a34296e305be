import { type Chapter, chapter } from "../chapter.ts";

const notSent = "It was refused before anything was sent.";

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
    causes: ['mode: "no-cors" was added to make the error go away'],
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

/** The page asked for something that a request cannot be. */
export const invalidRequest: Chapter = chapter({ kind: "request", phase: "request", section: "new-request" })({
  "invalid-url": {
    title: "The URL cannot be parsed",
    rule: `The first argument of fetch() must be a URL, or one relative to the page. ${notSent}`,
    messages: {
      chromium: ["Failed to parse URL from"],
      firefox: [".fetch: {value} is not a valid URL."],
      webkit: ["URL is not valid or contains user credentials."],
    },
    causes: ["a variable that was not filled in: undefined, an empty host, a bad port"],
    fixes: { client: "Check the URL that the code builds." },
  },
  "url-contains-credentials": {
    title: "The URL contains user:password@",
    rule: `fetch() does not accept a URL with a user name or a password in it. ${notSent}`,
    messages: {
      chromium: ["Request cannot be constructed from a URL that includes credentials:"],
      firefox: ["is an url with embedded credentials."],
      webkit: ["URL is not valid or contains user credentials."],
    },
    causes: ["user:password@ in the URL of the API"],
    fixes: { client: "Send an Authorization header instead; the server then has to allow it." },
    seeAlso: ["header-authorization-not-covered-by-wildcard"],
  },
  "invalid-method": {
    title: "The method is not a valid HTTP method",
    rule: `A method is a token: letters, digits and some punctuation, without spaces. ${notSent}`,
    section: "methods",
    messages: {
      chromium: ["Failed to execute 'fetch' on '{what}': '{value}' is not a valid HTTP method."],
      firefox: [".fetch: Invalid request method {value}."],
      webkit: ["Method is not a valid HTTP token."],
    },
    causes: ["an empty string, a space or a line break in the method"],
    fixes: { client: "Correct the method." },
  },
  "forbidden-method": {
    title: "CONNECT, TRACE and TRACK are not available to scripts",
    rule: `Browsers do not let scripts send these methods. ${notSent}`,
    section: "methods",
    messages: {
      chromium: ["Failed to execute 'fetch' on '{what}': '{method}' HTTP method is unsupported."],
      firefox: [".fetch: Invalid request method {value}."],
      webkit: ["Method is forbidden."],
    },
    causes: ["the page uses CONNECT, TRACE or TRACK"],
    fixes: { client: "Use another method." },
  },
  "invalid-header": {
    title: "A header's name or value cannot be sent",
    rule: `Names are tokens; values have no line breaks and no characters outside Latin-1. ${notSent}`,
    messages: {
      chromium: [
        "Failed to execute 'fetch' on '{what}': Invalid name",
        "Failed to execute 'fetch' on '{what}': Invalid value",
        "String contains non ISO-8859-1 code point.",
      ],
      firefox: [
        "is an invalid header name.",
        "is an invalid header value.",
        "Cannot convert element of element of sequence<sequence<ByteString>>",
      ],
      webkit: ["Invalid header name: '{value}'", "Header '{header}' has invalid value:"],
    },
    causes: [
      "a space or a colon in the name",
      "a line break in the value, or letters outside Latin-1, as in a user's name",
    ],
    fixes: { client: "Correct the name; percent-encode other letters." },
  },
  "invalid-request-option": {
    title: "An option of fetch() has a value that does not exist",
    rule: `mode, credentials, cache and redirect take words from fixed lists; mode: "navigate" is reserved for the browser. ${notSent}`,
    messages: {
      chromium: [
        "Cannot construct a Request with a RequestInit whose mode member is set as 'navigate'.",
        "is not a valid enum value of type",
      ],
      firefox: ["is not a valid value for enumeration", ".fetch: Invalid request mode {value}"],
      webkit: ["Request constructor does not accept navigate fetch mode."],
    },
    causes: ["a misspelled option"],
    fixes: { client: "Correct the option." },
  },
  "no-cors-method-not-safelisted": {
    title: 'mode: "no-cors" allows GET, HEAD and POST only',
    rule: `no-cors cannot send what a form could not send. ${notSent}`,
    messages: {
      chromium: ["Failed to execute 'fetch' on '{what}': '{method}' is unsupported in no-cors mode."],
      firefox: [".fetch: Invalid request method {value}."],
      webkit: ["Method must be GET, POST or HEAD in no-cors mode."],
    },
    causes: ['mode: "no-cors" with another method'],
    fixes: { client: 'Remove mode: "no-cors", and let the server allow the method through CORS.' },
    seeAlso: ["opaque-response-no-cors", "method-not-allowed"],
  },
  "only-if-cached-needs-same-origin": {
    title: 'cache: "only-if-cached" needs mode: "same-origin"',
    rule: `Otherwise a page could learn which sites the user has visited. ${notSent}`,
    messages: {
      chromium: ["'only-if-cached' can be set only with 'same-origin' mode"],
      firefox: ["request cache mode 'only-if-cached' can only be used with request mode 'same-origin'."],
      webkit: ["only-if-cached cache option requires fetch mode to be same-origin."],
    },
    causes: ['cache: "only-if-cached" on an ordinary request'],
    fixes: { client: 'Remove cache: "only-if-cached".' },
  },
  "body-not-allowed": {
    title: "GET and HEAD cannot have a body",
    rule: `fetch() does not send a body with GET and HEAD. ${notSent}`,
    messages: {
      chromium: ["Request with GET/HEAD method cannot have body."],
      firefox: ["HEAD or GET Request cannot have a body."],
      webkit: ["Request has method '{method}' and cannot have a body"],
    },
    causes: ["a body without a method: the default is GET"],
    fixes: { client: 'Set method: "POST", or put the data into the URL.' },
  },
  "stream-body-not-allowed": {
    title: "A stream as the body needs more options",
    rule: `A ReadableStream as the body needs duplex: "half", and mode "cors" or "same-origin". ${notSent}`,
    messages: { chromium: ["The 'duplex' member must be specified for a request with a streaming body"] },
    causes: ['duplex: "half" is missing', 'mode: "no-cors" with a stream'],
    fixes: { client: 'Add duplex: "half", or send a Blob.' },
  },
  "invalid-data-url": {
    title: "The data: URL cannot be decoded",
    rule: "A data: URL needs a comma, and valid base64.",
    section: "scheme-fetch",
    messages: { chromium: ["net::ERR_INVALID_URL"], webkit: ["Data URL decoding failed"] },
    causes: ["the comma is missing, or the base64 is cut off"],
    fixes: { client: "Check the data: URL that the code builds." },
  },
});
