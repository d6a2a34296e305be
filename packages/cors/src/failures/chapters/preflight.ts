import { type Chapter, chapter } from "../chapter.ts";

const webkit = ["Preflight response is not successful."];
const statusFirefox = ["CORS preflight response did not succeed", "CORS preflight channel did not succeed"];
const chromium = [
  "Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request.",
];
const firefox = ["CORS request external redirect not allowed", "CORS preflight response did not succeed"];
const rule =
  "A redirect is not followed for a preflight, and 3xx is not a status from 200 to 299: the request was never sent.";

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
      firefox: statusFirefox,
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
    messages: { firefox: statusFirefox, webkit },
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
    messages: { firefox: statusFirefox, webkit },
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
      firefox: statusFirefox,
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
      firefox: statusFirefox,
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

/** OPTIONS was answered with a redirect. */
export const preflightRedirect: Chapter = chapter({
  kind: "cors",
  phase: "preflight",
  section: "cors-preflight-fetch",
  rule,
  messages: { chromium, firefox, webkit },
  firefoxName: "CORSExternalRedirectNotAllowed",
})({
  "preflight-redirect": {
    title: "The preflight was redirected",
    causes: [
      "the URL starts with http:, and the server redirects to https:",
      "a trailing slash is added or removed",
      "the host without www, or a path without its language prefix, is redirected",
      "a sign-in proxy redirects requests without a session",
    ],
    fixes: {
      client: "Call the URL that the redirect leads to.",
      proxy: "Do not redirect OPTIONS.",
      server: "Switch off slash redirects on the API's routes.",
    },
    seeAlso: [
      "preflight-redirect-http-to-https",
      "preflight-redirect-trailing-slash",
      "preflight-redirect-login",
      "preflight-redirect-hsts",
    ],
  },
  "preflight-redirect-http-to-https": {
    title: "The preflight was redirected from http to https",
    causes: [
      "the base URL of the API starts with http:",
      "the redirect to https runs before CORS (the proxy's 301, an HTTPS redirection middleware)",
    ],
    fixes: { client: "Write https: in the base URL.", server: "Answer preflights before redirecting to https." },
    seeAlso: ["preflight-redirect", "mixed-content"],
  },
  "preflight-redirect-hsts": {
    title: "The browser itself changed http to https for the preflight (HSTS)",
    firefoxName: undefined,
    rule: "For a host that sent Strict-Transport-Security the browser changes http to https before anything is sent; the network panel shows it as 307 Internal Redirect.",
    section: "hsts",
    messages: { chromium: ["307 Internal Redirect"] },
    causes: ["the URL starts with http:, and the host requires https through HSTS"],
    fixes: { client: "Write https: in the URL." },
    seeAlso: ["preflight-redirect-http-to-https"],
  },
  "preflight-redirect-trailing-slash": {
    title: "The preflight was redirected to add or drop a slash",
    causes: ["the framework redirects /items to /items/ or the other way round (FastAPI, Django, Flask, Next.js)"],
    fixes: {
      client: "Call the path as the server spells it.",
      server: "Register both forms, or switch off the redirect.",
    },
    seeAlso: ["preflight-redirect"],
  },
  "preflight-redirect-login": {
    kind: "lookalike",
    title: "The preflight was redirected to a sign-in page",
    causes: [
      "a sign-in proxy is in front of the API (oauth2-proxy, Cloudflare Access, Pomerium, IAP): the session has ended",
    ],
    fixes: {
      proxy: "Let OPTIONS through, and answer API calls with 401 instead of a redirect.",
      client: "Treat the failure as “signed out”, and send the whole page to the sign-in.",
    },
    seeAlso: ["redirect-to-login", "preflight-redirect"],
  },
});
