import type { Theme } from "../failure.ts";
import { httpFetch, httpRedirectFetch, serializedRequestOrigin } from "../sections.ts";

const followFinal = { who: "client", what: "Call the final URL itself." } as const;

/** The request was answered by a redirect, and there it ended. */
export const redirects: Theme<
  | "redirect-blocked"
  | "redirect-to-login"
  | "redirect-origin-becomes-null"
  | "redirect-contains-credentials"
  | "redirect-non-http-scheme"
  | "redirect-too-many"
  | "redirect-not-followed"
  | "redirect-invalid-location"
  | "redirect-body-not-replayable"
> = {
  "redirect-blocked": {
    kind: "cors",
    phase: "redirect",
    title: "An answer on the way of a redirect does not pass the CORS check",
    rule: "Every answer of the chain is checked, the redirect itself and the page at its end.",
    section: httpFetch,
    messages: { webkit: ["Cross-origin redirection to {to} denied by Cross-Origin Resource Sharing policy:"] },
    causes: [
      "a proxy makes the redirect (language, slash, https, www) without CORS headers",
      "the redirect leads to a host that has no CORS",
    ],
    fixes: [followFinal, { who: "proxy", what: "Put the CORS headers on redirects too." }],
    seeAlso: ["redirect-to-login", "redirect-origin-becomes-null"],
  },
  "redirect-to-login": {
    kind: "lookalike",
    phase: "redirect",
    title: "The API redirected to a sign-in page",
    rule: "The sign-in page is another origin and does not share its pages. CORS only brings the news: the session has ended.",
    section: httpRedirectFetch,
    messages: {},
    causes: ["the session has ended, and a sign-in proxy answers with a redirect instead of 401"],
    fixes: [
      { who: "proxy", what: "Answer calls of the API with 401 and CORS headers, not with a redirect." },
      { who: "client", what: "Take the failure for “signed out”, and lead the whole page to the sign-in." },
    ],
    seeAlso: ["preflight-redirect-login", "redirect-blocked"],
  },
  "redirect-origin-becomes-null": {
    kind: "cors",
    phase: "redirect",
    title: "After a redirect from one other origin to the next, the browser says Origin: null",
    rule: "Once a request was redirected from one foreign origin to another, its origin is serialized as null, so that nobody is held responsible for a URL that another chose. A list that names the page no longer matches.",
    section: serializedRequestOrigin,
    messages: {
      firefox: ["CORS header 'Access-Control-Allow-Origin' does not match '{value}'"],
    },
    causes: ["an API redirects to storage, a CDN or a sign-in on another host"],
    fixes: [
      followFinal,
      {
        who: "server",
        what: "Answer with the URL as data instead of a redirect; on public data without cookies, * at the target is right.",
      },
    ],
    seeAlso: ["origin-null", "redirect-blocked"],
  },
  "redirect-contains-credentials": {
    kind: "cors",
    phase: "redirect",
    title: "The redirect leads to a URL with user:password@",
    rule: "A CORS request is not redirected to a URL that holds a name or a password. Firefox gives no reason for it.",
    section: httpRedirectFetch,
    messages: {
      chromium: [
        "Redirect location '{value}' contains a username and password, which is disallowed for cross-origin requests.",
        "net::ERR_ABORTED",
      ],
      firefox: ["CORS request did not succeed"],
      webkit: ["redirection URL {value} has credentials"],
    },
    causes: ["Location holds user:password@"],
    fixes: [{ who: "server", what: "Redirect to a URL without them." }],
  },
  "redirect-non-http-scheme": {
    kind: "cors",
    phase: "redirect",
    title: "The redirect leads to a URL that is not http or https",
    rule: "A redirect of fetch() may lead to http: and https: only.",
    section: httpRedirectFetch,
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
    causes: ["Location is a deep link of an app, data: or blob:"],
    fixes: [{ who: "server", what: "Redirect to https:, or answer with the link as data." }],
  },
  "redirect-too-many": {
    kind: "lookalike",
    phase: "redirect",
    title: "Too many redirects",
    rule: "Browsers follow 20 redirects, and then give up.",
    section: httpRedirectFetch,
    messages: {
      chromium: ["net::ERR_TOO_MANY_REDIRECTS"],
      firefox: ["CORS request did not succeed"],
      webkit: ["Load cannot follow more than 20 redirections", "too many HTTP redirects"],
    },
    causes: ["http and https redirect to each other, behind a proxy that ends TLS"],
    fixes: [{ who: "proxy", what: "Tell the application the original scheme (X-Forwarded-Proto), and end the loop." }],
  },
  "redirect-not-followed": {
    kind: "request",
    phase: "redirect",
    title: 'The answer is a redirect, and the page said redirect: "error"',
    rule: 'With redirect: "error" a redirect is a network error.',
    section: httpFetch,
    messages: { webkit: ["Not allowed to follow a redirection while loading {url}"] },
    causes: ['the page says redirect: "error", and the server redirects'],
    fixes: [{ who: "client", what: 'Call the final URL, or leave redirect: "error" away.' }],
  },
  "redirect-invalid-location": {
    kind: "lookalike",
    phase: "redirect",
    title: "The redirect's Location is not a URL",
    rule: "A redirect needs one Location that is a URL.",
    section: httpRedirectFetch,
    messages: {
      chromium: ["net::ERR_INVALID_REDIRECT", "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"],
      firefox: ["CORS request did not succeed"],
      webkit: ["The URL can't be shown", "not allowed to follow a cross-origin CORS redirection with non CORS scheme"],
    },
    causes: ["Location is empty, has a bad port, or comes twice (application and proxy)"],
    fixes: [{ who: "server", what: "Send one Location, and make it a URL." }],
  },
  "redirect-body-not-replayable": {
    kind: "request",
    phase: "redirect",
    title: "The redirect asks for the body again, and it was a stream",
    rule: "307 and 308 repeat the request with its body; a stream can be read once.",
    section: httpRedirectFetch,
    messages: {},
    causes: ["a ReadableStream as body, and a redirect with 307 or 308"],
    fixes: [
      { who: "client", what: "Send a body that is no stream, or call the final URL." },
      { who: "server", what: "Redirect with 303." },
    ],
  },
};
