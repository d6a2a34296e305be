import type { Theme } from "../failure.ts";
import { corsCheck, statusCodes } from "../sections.ts";

const kind = "lookalike";
const phase = "response";
const firefoxName = "CORSMissingAllowOrigin";
const rule =
  "An error is an answer as any other: without Access-Control-Allow-Origin the page sees a bare network error, and the console says CORS though the trouble is the status.";

/** An error of the server or of something before it, which the console reports as a missing header. */
export const errorsWithoutCors: Theme<
  | "error-status"
  | "error-response-without-cors"
  | "gateway-error-without-cors"
  | "auth-error-without-cors"
  | "not-found-without-cors"
  | "body-too-large-413"
  | "rate-limited-429"
  | "waf-challenge"
> = {
  "error-status": {
    kind,
    phase,
    title: "The server answered with an error status, and CORS did not stop it",
    rule: "CORS asks for headers and not for a status: where the console says no more than the status, the page can read the answer.",
    section: statusCodes,
    messages: {
      chromium: ["the server responded with a status of {status}"],
      webkit: ["the server responded with a status of {status}"],
    },
    causes: ["the server refused the request or failed: the answer's body says why"],
    fixes: [
      { who: "client", what: "Look at response.status and at the body: fetch() does not throw for an error status." },
    ],
    seeAlso: ["error-response-without-cors", "missing-allow-origin"],
  },
  "error-response-without-cors": {
    kind,
    phase,
    title: "The server failed (5xx), and its error page has no CORS headers",
    rule,
    section: corsCheck,
    firefoxName,
    messages: {},
    causes: ["an exception is answered outside the CORS middleware (FastAPI, ASP.NET, Koa, Express)"],
    fixes: [
      { who: "server", what: "Find the exception in the server's log: it is the real fault." },
      { who: "server", what: "Put CORS outside the error handling, so that errors carry the headers too." },
    ],
    seeAlso: ["missing-allow-origin", "gateway-error-without-cors"],
  },
  "gateway-error-without-cors": {
    kind,
    phase,
    title: "The proxy answered 502, 503 or 504 by itself, without CORS headers",
    rule,
    section: statusCodes,
    firefoxName,
    messages: {},
    causes: ["the server behind the proxy is down, too slow, or just starting"],
    fixes: [
      { who: "server", what: "See whether the server behind the proxy runs, and how long it takes." },
      { who: "proxy", what: "Put the CORS headers on the proxy's own errors (nginx: add_header … always)." },
    ],
    seeAlso: ["error-response-without-cors"],
  },
  "auth-error-without-cors": {
    kind,
    phase,
    title: "Authentication answered 401 or 403 before CORS",
    rule,
    section: corsCheck,
    firefoxName,
    messages: {},
    causes: ["authentication runs outside CORS, and the token or the session is missing or has ended"],
    fixes: [
      { who: "client", what: "See whether the token or the cookie is sent, and is still good." },
      { who: "server", what: "Put CORS outside authentication." },
      { who: "proxy", what: "Put the CORS headers on the refusals of the authorizer too." },
    ],
    seeAlso: ["preflight-unauthorized", "credentials-not-sent"],
  },
  "not-found-without-cors": {
    kind,
    phase,
    title: "The path is not found (404), and the error page has no CORS headers",
    rule,
    section: corsCheck,
    firefoxName,
    messages: {},
    causes: ["the path is misspelt, or has a prefix too many", "the answer is a page of a static host, not of the API"],
    fixes: [
      { who: "client", what: "Correct the URL." },
      { who: "server", what: "Put CORS before the router, so that 404 carries the headers too." },
    ],
    seeAlso: ["wrong-port-or-host"],
  },
  "body-too-large-413": {
    kind,
    phase,
    title: "The upload is too large (413), and the refusal has no CORS headers",
    rule,
    section: statusCodes,
    firefoxName,
    messages: {
      others: [
        "413 Request Entity Too Large",
        "413 Payload Too Large",
        "413 Content Too Large",
        "PayloadTooLargeError",
      ],
    },
    causes: ["the proxy's limit (nginx: client_max_body_size), the API gateway's, or the body parser's"],
    fixes: [
      { who: "proxy", what: "Raise the limit, and put the CORS headers on 413." },
      { who: "client", what: "Look at the size first, or upload in parts." },
    ],
    seeAlso: ["missing-allow-origin"],
  },
  "rate-limited-429": {
    kind,
    phase,
    title: "A rate limit was met (429), and the refusal has no CORS headers",
    rule,
    section: statusCodes,
    firefoxName,
    messages: { others: ["429 Too Many Requests"] },
    causes: ["the limiter stands before CORS, or counts preflights too"],
    fixes: [
      { who: "proxy", what: "Put the CORS headers on 429, expose Retry-After, and do not count OPTIONS." },
      { who: "client", what: "Ask less often." },
    ],
    seeAlso: ["missing-allow-origin"],
  },
  "waf-challenge": {
    kind,
    phase,
    title: "A firewall answered with a challenge or a refusal",
    rule,
    section: statusCodes,
    firefoxName,
    messages: {
      others: ["Attention Required! | Cloudflare", "Just a moment...", "The request could not be satisfied"],
    },
    causes: ["a firewall or bot protection (Cloudflare, Akamai, AWS WAF) took the call for a robot's"],
    fixes: [{ who: "proxy", what: "Take the API out of the challenge: a script cannot solve it." }],
    seeAlso: ["missing-allow-origin"],
  },
};
