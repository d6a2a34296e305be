import { type Chapter, chapter } from "../chapter.ts";

/** The request was answered with a redirect, and ended there. */
export const redirects: Chapter = chapter({ kind: "cors", phase: "redirect", section: "http-redirect-fetch" })({
  "redirect-blocked": {
    title: "A response in a chain of redirects does not pass the CORS check",
    rule: "Every response of the chain is checked: the redirect itself and the one at its end.",
    section: "http-fetch",
    messages: { webkit: ["Cross-origin redirection to {to} denied by Cross-Origin Resource Sharing policy:"] },
    causes: [
      "a proxy sends the redirect (language, slash, https, www) without CORS headers",
      "the redirect leads to a host that has no CORS",
    ],
    fixes: { client: "Call the final URL itself.", proxy: "Add the CORS headers to redirects too." },
    seeAlso: ["redirect-to-login", "redirect-origin-becomes-null"],
  },
  "redirect-to-login": {
    kind: "lookalike",
    title: "The API redirected to a sign-in page",
    rule: "The sign-in page is on another origin and does not share its pages. CORS is only the symptom: the session has ended.",
    causes: ["the session has ended, and a sign-in proxy answers with a redirect instead of 401"],
    fixes: {
      proxy: "Answer API calls with 401 and CORS headers, not with a redirect.",
      client: "Treat the failure as “signed out”, and send the whole page to the sign-in.",
    },
    seeAlso: ["preflight-redirect-login", "redirect-blocked"],
  },
  "redirect-origin-becomes-null": {
    title: "After a redirect from one other origin to the next, the browser sends Origin: null",
    rule: "Once a request was redirected from one foreign origin to another, its origin is serialized as null, so that no page is held responsible for a URL that another site chose. A list that names the page no longer matches.",
    section: "serializing-a-request-origin",
    messages: { firefox: ["CORS header 'Access-Control-Allow-Origin' does not match '{value}'"] },
    causes: ["an API redirects to storage, a CDN or a sign-in on another host"],
    fixes: {
      client: "Call the final URL itself.",
      server: "Send the URL as data instead of a redirect; for public data without cookies, * at the target is right.",
    },
    misconfigurations: ["redirect-taints-origin"],
    seeAlso: ["origin-null", "redirect-blocked"],
  },
  "redirect-contains-credentials": {
    title: "The redirect leads to a URL with user:password@",
    rule: "A CORS request is not redirected to a URL with a user name or a password. Firefox gives no reason for it.",
    messages: {
      chromium: [
        "Redirect location '{value}' contains a username and password, which is disallowed for cross-origin requests.",
        "net::ERR_ABORTED",
      ],
      firefox: ["CORS request did not succeed"],
      webkit: ["redirection URL {value} has credentials"],
    },
    causes: ["Location contains user:password@"],
    fixes: { server: "Redirect to a URL without them." },
  },
  "redirect-non-http-scheme": {
    title: "The redirect leads to a URL that is not http or https",
    rule: "A redirect of fetch() may lead only to http: and https:.",
    messages: {
      chromium: [
        "net::ERR_UNSAFE_REDIRECT",
        "Unsafe attempt to load URL {url} from frame with URL {origin} Domains, protocols and ports must match.",
        "net::ERR_UNKNOWN_URL_SCHEME",
        "Cross origin requests are only supported for protocol schemes:",
      ],
      firefox: [
        "CORS request did not succeed",
        "CORS request not http",
        "Security Error: Content at {origin} may not load data from {url}",
        "Security Error: Content at {origin} may not load or link to {url}",
      ],
      webkit: [
        "not allowed to follow a cross-origin CORS redirection with non CORS scheme",
        "Redirect was not allowed",
        "Redirection to URL with a scheme that is not HTTP(S).",
        "Not allowed to load local resource:",
      ],
    },
    causes: ["Location is an app's deep link, data: or blob:"],
    fixes: { server: "Redirect to https:, or send the link as data." },
  },
  "redirect-too-many": {
    kind: "lookalike",
    title: "Too many redirects",
    rule: "Browsers follow 20 redirects, then give up.",
    messages: {
      chromium: ["net::ERR_TOO_MANY_REDIRECTS"],
      firefox: ["CORS request did not succeed"],
      webkit: ["Load cannot follow more than 20 redirections", "too many HTTP redirects"],
    },
    causes: ["http and https redirect to each other, behind a proxy that ends TLS"],
    fixes: { proxy: "Tell the application the original scheme (X-Forwarded-Proto), and end the loop." },
  },
  "redirect-not-followed": {
    kind: "request",
    title: 'The response is a redirect, and the page uses redirect: "error"',
    rule: 'With redirect: "error" a redirect is a network error.',
    section: "http-fetch",
    messages: { webkit: ["Not allowed to follow a redirection while loading {url}"] },
    causes: ['the page uses redirect: "error", and the server redirects'],
    fixes: { client: 'Call the final URL, or remove redirect: "error".' },
  },
  "redirect-invalid-location": {
    kind: "lookalike",
    title: "The redirect's Location is not a URL",
    rule: "A redirect needs one Location that is a URL.",
    messages: {
      chromium: ["net::ERR_INVALID_REDIRECT", "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"],
      firefox: ["CORS request did not succeed"],
      webkit: ["The URL can't be shown", "not allowed to follow a cross-origin CORS redirection with non CORS scheme"],
    },
    causes: ["Location is empty, has a bad port, or is sent twice (by the application and the proxy)"],
    fixes: { server: "Send one Location, and make it a URL." },
  },
  "redirect-body-not-replayable": {
    kind: "request",
    title: "The redirect needs the body again, and it was a stream",
    rule: "307 and 308 repeat the request with its body; a stream can be read once.",
    causes: ["a ReadableStream as the body, and a redirect with 307 or 308"],
    fixes: { client: "Send a body that is not a stream, or call the final URL.", server: "Redirect with 303." },
  },
});
