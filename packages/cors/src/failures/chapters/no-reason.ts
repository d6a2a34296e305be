import type { Theme } from "../failure.ts";
import { httpNetworkFetch, networkError } from "../sections.ts";

/** Texts that hold no reason: it is kept from scripts on purpose, and stands elsewhere. */
export const noReason: Theme<"opaque-network-error" | "cors-request-did-not-succeed"> = {
  "opaque-network-error": {
    kind: "lookalike",
    phase: "network",
    title: "This text holds no reason",
    rule: "A script is told only that a fetch failed, never why: the reason would tell a page about servers that it may not read. The browser writes the reason to its console alone.",
    section: networkError,
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
      "any failure of CORS",
      "no answer at all: the server is down, the certificate is not trusted, there is no network",
      "something in the browser blocked it: an extension, mixed content, the page's Content-Security-Policy",
      "the page was left, or the request was aborted",
    ],
    fixes: [
      {
        who: "client",
        what: "In Chrome and Edge: F12, Console, load the page again, and paste the red line that says “blocked by CORS policy” or “net::ERR_”.",
      },
      {
        who: "client",
        what: "In Firefox: F12, Console, load the page again, and paste the line that says “Reason:”, with its status code.",
      },
      {
        who: "client",
        what: "In Safari: Develop, Show JavaScript Console, load the page again, and paste the line before “due to access control checks”.",
      },
      {
        who: "client",
        what: "Or have the request judged without a browser: corsmith check, with the URL and the page's origin.",
      },
    ],
    seeAlso: ["server-down", "missing-allow-origin", "blocked-by-client", "mixed-content"],
  },
  "cors-request-did-not-succeed": {
    kind: "lookalike",
    phase: "network",
    title: "Firefox got no answer that it could judge: most likely it is not CORS",
    rule: "Firefox says so when the request failed below CORS: no connection, no trust in the certificate, something that blocked it, or a redirect that it may not follow.",
    section: httpNetworkFetch,
    firefoxName: "CORSDidNotSucceed",
    messages: { firefox: ["CORS request did not succeed"] },
    causes: [
      "the server is down, or the port is wrong",
      "the certificate is not trusted: a self-signed one of development",
      "http asked for by a page on https, or an ad blocker",
      "the connection broke in the midst of the answer",
      "a redirect in a loop, to another scheme, or to user:password@",
    ],
    fixes: [
      { who: "client", what: "Open the URL in a tab: the page that Firefox shows there names the trouble." },
      { who: "server", what: "See that the server runs, and what its log says of this request." },
    ],
    seeAlso: ["server-down", "tls-failure", "mixed-content", "blocked-by-client", "connection-broken"],
  },
};
