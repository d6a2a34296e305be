import { type Chapter, chapter } from "../chapter.ts";

const chromium = [
  "Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request.",
];
const firefox = ["CORS request external redirect not allowed", "CORS preflight response did not succeed"];
const webkit = ["Preflight response is not successful."];
const rule =
  "A redirect is not followed for a preflight, and 3xx is not a status from 200 to 299: the request was never sent.";

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
