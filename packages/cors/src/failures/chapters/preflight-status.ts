import type { Theme } from "../failure.ts";
import { corsPreflightCache, corsPreflightFetch } from "../sections.ts";

const webkit = ["Preflight response is not successful."];
const firefox = ["CORS preflight response did not succeed", "CORS preflight channel did not succeed"];
const firefoxName = "CORSPreflightDidNotSucceed";

/** OPTIONS was answered, and not by a 2xx. */
export const preflightStatus: Theme<
  | "preflight-status-not-ok"
  | "preflight-unauthorized"
  | "preflight-no-options-handler"
  | "preflight-refused-by-policy"
  | "preflight-network-failure"
  | "preflight-cache-stale"
> = {
  "preflight-status-not-ok": {
    kind: "cors",
    phase: "preflight",
    title: "The preflight was not answered with a 2xx status",
    rule: "The answer to OPTIONS must pass the CORS check and have a status from 200 to 299. It has not, so the request itself was never sent.",
    section: corsPreflightFetch,
    firefoxName,
    messages: {
      chromium: [
        "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
        "Response for preflight has invalid HTTP status code {status}.",
      ],
      firefox,
      webkit,
    },
    causes: [
      "authentication or CSRF protection runs before CORS (401, 403)",
      "nothing answers OPTIONS on this path (404, 405, 501)",
      "the CORS layer refuses with an error status (400, 403)",
      "a crash, a rate limit or a maintenance page (429, 5xx)",
    ],
    fixes: [
      { who: "server", what: "Answer preflights with 204 before authentication, routing and body parsing." },
      { who: "proxy", what: "Neither authenticate preflights nor count them against a rate limit." },
    ],
    seeAlso: ["preflight-unauthorized", "preflight-no-options-handler", "preflight-refused-by-policy"],
  },
  "preflight-unauthorized": {
    kind: "cors",
    phase: "preflight",
    title: "Authentication refused the preflight",
    rule: "A preflight never carries cookies or Authorization: that is what it is for. Whatever asks for them must come after CORS.",
    section: corsPreflightFetch,
    firefoxName,
    messages: { firefox, webkit },
    causes: [
      "authentication middleware, or an authorizer of the API gateway, runs before CORS",
      "basic authentication, a VPN portal or client certificates in front of everything",
    ],
    fixes: [
      {
        who: "server",
        what: "Put CORS before authentication; let only OPTIONS with Origin and Access-Control-Request-Method through.",
      },
      { who: "proxy", what: "Switch the authorizer off for OPTIONS." },
    ],
    seeAlso: ["preflight-status-not-ok", "auth-error-without-cors"],
  },
  "preflight-no-options-handler": {
    kind: "cors",
    phase: "preflight",
    title: "Nothing answers OPTIONS on this path",
    rule: "404, 405 and 501 are no answers to a preflight: it needs a status from 200 to 299.",
    section: corsPreflightFetch,
    firefoxName,
    messages: { firefox, webkit },
    causes: [
      "the router knows only the methods that have handlers",
      "the CORS middleware is mounted on another path, or after the routes",
      "a serverless function that exports GET and POST only",
    ],
    fixes: [{ who: "server", what: "Let the CORS layer answer OPTIONS for every path, before the router." }],
    seeAlso: ["preflight-status-not-ok"],
  },
  "preflight-refused-by-policy": {
    kind: "cors",
    phase: "preflight",
    title: "The server's CORS layer refused the preflight, with an error status",
    rule: "No 4xx can ever pass, whatever headers it has; the browser then reports the status and not the rule that was broken.",
    section: corsPreflightFetch,
    firefoxName,
    messages: {
      firefox,
      webkit,
      others: [
        "Disallowed CORS origin",
        "Disallowed CORS method",
        "Disallowed CORS headers",
        "Invalid CORS request",
        "Not allowed by CORS",
        "CORS Rejected - Invalid origin",
      ],
    },
    causes: [
      "the origin, the method or a header is not in the policy; the answer's body may say which (Starlette, Spring)",
    ],
    fixes: [
      { who: "server", what: "Add what is missing to the policy: the page's exact origin, the method, the header." },
      {
        who: "server",
        what: "Answer a refused method or header with 204 and the lists of what is allowed: then the console names the rule.",
      },
    ],
    seeAlso: ["origin-not-in-allowlist", "method-not-allowed", "header-not-allowed"],
  },
  "preflight-network-failure": {
    kind: "lookalike",
    phase: "preflight",
    title: "The preflight got no answer that is HTTP",
    rule: "If OPTIONS ends in a network error, so does the request.",
    section: corsPreflightFetch,
    firefoxName,
    messages: {
      chromium: ["Response to preflight request doesn't pass access control check: The response is invalid."],
      firefox,
      webkit: ["CORS-preflight request was blocked", "Preflight response was blocked"],
    },
    causes: [
      "a firewall drops OPTIONS, or the handler hangs on a body that does not come",
      "the server asks for a client certificate, which a preflight does not carry",
    ],
    fixes: [
      {
        who: "server",
        what: "Look for OPTIONS in the access log: if it is not there, something before the server took it.",
      },
      { who: "proxy", what: "Let the method OPTIONS through." },
    ],
    seeAlso: ["preflight-status-not-ok", "connection-broken"],
  },
  "preflight-cache-stale": {
    kind: "silent",
    phase: "preflight",
    title: "The browser still goes by an older answer to a preflight",
    rule: "An answer is kept for Access-Control-Max-Age seconds (5 without it; at most 7200 in Chromium, 86400 in Firefox, 600 in WebKit).",
    section: corsPreflightCache,
    messages: {},
    causes: ["the policy was changed less than a max-age ago"],
    fixes: [
      { who: "client", what: "Tick “Disable cache” in the network panel, or use a private window." },
      { who: "server", what: "Lower Access-Control-Max-Age before a change, and raise it again afterwards." },
    ],
    seeAlso: ["method-not-allowed", "header-not-allowed"],
  },
};
