import { type Chapter, chapter } from "../chapter.ts";

const webkit = ["Preflight response is not successful."];
const firefox = ["CORS preflight response did not succeed", "CORS preflight channel did not succeed"];

/** OPTIONS was answered, but not with a 2xx. */
export const preflightStatus: Chapter = chapter({
  kind: "cors",
  phase: "preflight",
  section: "cors-preflight-fetch",
  firefoxName: "CORSPreflightDidNotSucceed",
})({
  "preflight-status-not-ok": {
    title: "The preflight was not answered with a 2xx status",
    rule: "The response to OPTIONS must pass the CORS check and have a status from 200 to 299. It did not, so the request itself was never sent.",
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
    fixes: {
      server: "Answer preflights with 204 before authentication, routing and body parsing.",
      proxy: "Do not authenticate preflights or count them against a rate limit.",
    },
    misconfigurations: ["preflight-bad-status"],
    seeAlso: ["preflight-unauthorized", "preflight-no-options-handler", "preflight-refused-by-policy"],
  },
  "preflight-unauthorized": {
    title: "Authentication refused the preflight",
    rule: "A preflight never carries cookies or Authorization, by design. Anything that requires them must come after CORS.",
    messages: { firefox, webkit },
    causes: [
      "authentication middleware, or the API gateway's authorizer, runs before CORS",
      "basic authentication, a VPN portal or client certificates in front of everything",
    ],
    fixes: {
      server: "Put CORS before authentication; let only OPTIONS with Origin and Access-Control-Request-Method through.",
      proxy: "Switch off the authorizer for OPTIONS.",
    },
    misconfigurations: ["preflight-needs-auth"],
    seeAlso: ["preflight-status-not-ok", "auth-error-without-cors"],
  },
  "preflight-no-options-handler": {
    title: "Nothing answers OPTIONS on this path",
    rule: "404, 405 and 501 do not answer a preflight: it needs a status from 200 to 299.",
    messages: { firefox, webkit },
    causes: [
      "the router accepts only the methods that have handlers",
      "the CORS middleware is mounted on another path, or after the routes",
      "a serverless function exports GET and POST only",
    ],
    fixes: { server: "Let the CORS layer answer OPTIONS for every path, before the router." },
    seeAlso: ["preflight-status-not-ok"],
  },
  "preflight-refused-by-policy": {
    title: "The server's CORS layer refused the preflight with an error status",
    rule: "A 4xx can never pass, whatever headers it has; the browser then reports the status and not the rule that was broken.",
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
      "the origin, the method or a header is not in the policy; the response body may say which (Starlette, Spring)",
    ],
    fixes: {
      server: [
        "Add what is missing to the policy: the page's exact origin, the method, the header.",
        "Answer a refused method or header with 204 and the lists of what is allowed: then the console names the rule.",
      ],
    },
    seeAlso: ["origin-not-in-allowlist", "method-not-allowed", "header-not-allowed"],
  },
  "preflight-network-failure": {
    kind: "lookalike",
    title: "The preflight got no valid HTTP response",
    rule: "If OPTIONS ends in a network error, so does the request.",
    messages: {
      chromium: ["Response to preflight request doesn't pass access control check: The response is invalid."],
      firefox,
      webkit: ["CORS-preflight request was blocked", "Preflight response was blocked"],
    },
    causes: [
      "a firewall drops OPTIONS, or the handler waits for a body that never comes",
      "the server asks for a client certificate, which a preflight does not carry",
    ],
    fixes: {
      server: "Look for OPTIONS in the access log: if it is missing, something in front of the server took it.",
      proxy: "Let the method OPTIONS through.",
    },
    seeAlso: ["preflight-status-not-ok", "connection-broken"],
  },
  "preflight-cache-stale": {
    kind: "silent",
    title: "The browser still uses an older preflight response",
    firefoxName: undefined,
    rule: "A preflight response is kept for Access-Control-Max-Age seconds (5 without it; at most 7200 in Chromium, 86400 in Firefox, 600 in WebKit).",
    section: "cors-preflight-cache",
    causes: ["the policy changed less than a max-age ago"],
    fixes: {
      client: "Tick “Disable cache” in the network panel, or use a private window.",
      server: "Lower Access-Control-Max-Age before a change, and raise it again afterwards.",
    },
    seeAlso: ["method-not-allowed", "header-not-allowed"],
  },
});
