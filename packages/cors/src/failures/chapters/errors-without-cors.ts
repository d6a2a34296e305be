import { type Chapter, chapter } from "../chapter.ts";

const rule =
  "An error is a response like any other: without Access-Control-Allow-Origin the page sees a bare network error, and the console says CORS although the problem is the status.";

/** An error of the server or of something in front of it, which the console reports as a missing header. */
export const errorsWithoutCors: Chapter = chapter({
  kind: "lookalike",
  phase: "response",
  section: "status-codes",
  rule,
  firefoxName: "CORSMissingAllowOrigin",
})({
  "error-status": {
    title: "The server answered with an error status, and CORS did not block it",
    firefoxName: undefined,
    rule: "CORS checks headers, not the status: if the console reports only the status, the page can read the response.",
    messages: {
      chromium: ["the server responded with a status of {status}"],
      webkit: ["the server responded with a status of {status}"],
    },
    causes: ["the server refused the request or failed: the response body says why"],
    fixes: { client: "Check response.status and the body: fetch() does not throw for an error status." },
    seeAlso: ["error-response-without-cors", "missing-allow-origin"],
  },
  "error-response-without-cors": {
    title: "The server failed (5xx), and its error page has no CORS headers",
    section: "cors-check",
    causes: ["exceptions are answered outside the CORS middleware (FastAPI, ASP.NET, Koa, Express)"],
    fixes: {
      server: [
        "Find the exception in the server's log: that is the real error.",
        "Put CORS outside the error handling, so that errors carry the headers too.",
      ],
    },
    seeAlso: ["missing-allow-origin", "gateway-error-without-cors"],
  },
  "gateway-error-without-cors": {
    title: "The proxy answered 502, 503 or 504 by itself, without CORS headers",
    causes: ["the server behind the proxy is down, too slow, or still starting"],
    fixes: {
      server: "Check whether the server behind the proxy is running, and how long it takes to answer.",
      proxy: "Add the CORS headers to the proxy's own errors (nginx: add_header … always).",
    },
    seeAlso: ["error-response-without-cors"],
  },
  "auth-error-without-cors": {
    title: "Authentication answered 401 or 403 before CORS",
    section: "cors-check",
    causes: ["authentication runs outside CORS, and the token or the session is missing or has expired"],
    fixes: {
      client: "Check that the token or the cookie is sent, and is still valid.",
      server: "Put CORS outside authentication.",
      proxy: "Add the CORS headers to the authorizer's refusals too.",
    },
    seeAlso: ["preflight-unauthorized", "credentials-not-sent"],
  },
  "not-found-without-cors": {
    title: "The path is not found (404), and the error page has no CORS headers",
    section: "cors-check",
    causes: [
      "the path is misspelled, or has an extra prefix",
      "the response comes from a static host, not from the API",
    ],
    fixes: { client: "Correct the URL.", server: "Put CORS before the router, so that 404 carries the headers too." },
    seeAlso: ["wrong-port-or-host"],
  },
  "body-too-large-413": {
    title: "The upload is too large (413), and the refusal has no CORS headers",
    messages: {
      others: [
        "413 Request Entity Too Large",
        "413 Payload Too Large",
        "413 Content Too Large",
        "PayloadTooLargeError",
      ],
    },
    causes: ["the proxy's limit (nginx: client_max_body_size), the API gateway's, or the body parser's"],
    fixes: {
      proxy: "Raise the limit, and add the CORS headers to 413.",
      client: "Check the size first, or upload in parts.",
    },
    seeAlso: ["missing-allow-origin"],
  },
  "rate-limited-429": {
    title: "A rate limit was reached (429), and the refusal has no CORS headers",
    messages: { others: ["429 Too Many Requests"] },
    causes: ["the limiter runs before CORS, or counts preflights too"],
    fixes: {
      proxy: "Add the CORS headers to 429, expose Retry-After, and do not count OPTIONS.",
      client: "Send requests less often.",
    },
    seeAlso: ["missing-allow-origin"],
  },
  "waf-challenge": {
    title: "A firewall answered with a challenge or a refusal",
    messages: {
      others: ["Attention Required! | Cloudflare", "Just a moment...", "The request could not be satisfied"],
    },
    causes: ["a firewall or bot protection (Cloudflare, Akamai, AWS WAF) took the request for a bot's"],
    fixes: { proxy: "Exempt the API from the challenge: a script cannot solve it." },
    seeAlso: ["missing-allow-origin"],
  },
});
