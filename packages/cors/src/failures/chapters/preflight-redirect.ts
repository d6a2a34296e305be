import type { Theme } from "../failure.ts";
import { corsPreflightFetch, hsts } from "../sections.ts";

const firefoxName = "CORSExternalRedirectNotAllowed";
const chromium = [
  "Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request.",
];
const firefox = ["CORS request external redirect not allowed", "CORS preflight response did not succeed"];
const webkit = ["Preflight response is not successful."];
const rule =
  "A redirect is not followed for a preflight, and 3xx is not a status from 200 to 299: the request was never sent.";

/** OPTIONS was answered by a redirect. */
export const preflightRedirect: Theme<
  | "preflight-redirect"
  | "preflight-redirect-http-to-https"
  | "preflight-redirect-hsts"
  | "preflight-redirect-trailing-slash"
  | "preflight-redirect-login"
> = {
  "preflight-redirect": {
    kind: "cors",
    phase: "preflight",
    title: "The preflight was redirected",
    rule,
    section: corsPreflightFetch,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: [
      "the URL is written with http:, and the server redirects to https:",
      "a slash at the end is added or taken away",
      "the host without www, or a prefix for the language, is redirected",
      "a sign-in proxy redirects whoever has no session",
    ],
    fixes: [
      { who: "client", what: "Call the URL to which the redirect leads." },
      { who: "proxy", what: "Do not redirect OPTIONS." },
      { who: "server", what: "Switch redirects for slashes off on the routes of the API." },
    ],
    seeAlso: [
      "preflight-redirect-http-to-https",
      "preflight-redirect-trailing-slash",
      "preflight-redirect-login",
      "preflight-redirect-hsts",
    ],
  },
  "preflight-redirect-http-to-https": {
    kind: "cors",
    phase: "preflight",
    title: "The preflight was redirected from http to https",
    rule,
    section: corsPreflightFetch,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: [
      "the base URL of the API is written with http:",
      "the redirect to https runs before CORS (a 301 of the proxy, an HTTPS-redirection middleware)",
    ],
    fixes: [
      { who: "client", what: "Write https: in the base URL." },
      { who: "server", what: "Answer preflights before redirecting to https." },
    ],
    seeAlso: ["preflight-redirect", "mixed-content"],
  },
  "preflight-redirect-hsts": {
    kind: "cors",
    phase: "preflight",
    title: "The browser itself turned http into https for the preflight (HSTS)",
    rule: "For a host that sent Strict-Transport-Security the browser makes https of http before anything is sent; the network panel shows it as 307 Internal Redirect.",
    section: hsts,
    messages: { chromium: ["307 Internal Redirect"] },
    causes: ["the URL is written with http:, and the host has asked for https by HSTS"],
    fixes: [{ who: "client", what: "Write https: in the URL." }],
    seeAlso: ["preflight-redirect-http-to-https"],
  },
  "preflight-redirect-trailing-slash": {
    kind: "cors",
    phase: "preflight",
    title: "The preflight was redirected to add or drop a slash",
    rule,
    section: corsPreflightFetch,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: ["the framework makes /items/ of /items or the other way round (FastAPI, Django, Flask, Next.js)"],
    fixes: [
      { who: "client", what: "Call the path as the server names it." },
      { who: "server", what: "Register both forms, or switch the redirect off." },
    ],
    seeAlso: ["preflight-redirect"],
  },
  "preflight-redirect-login": {
    kind: "lookalike",
    phase: "preflight",
    title: "The preflight was redirected to a sign-in page",
    rule,
    section: corsPreflightFetch,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: [
      "a sign-in proxy stands before the API (oauth2-proxy, Cloudflare Access, Pomerium, IAP): the session has ended",
    ],
    fixes: [
      { who: "proxy", what: "Let OPTIONS through, and answer calls of the API with 401 instead of a redirect." },
      { who: "client", what: "Take the failure for “signed out”, and lead the whole page to the sign-in." },
    ],
    seeAlso: ["redirect-to-login", "preflight-redirect"],
  },
};
