import { type Chapter, chapter } from "../chapter.ts";

/** No `Access-Control-Allow-Origin` at all: the first of the four errors that everyone meets. */
export const missingAllowOrigin: Chapter = chapter({
  kind: "cors",
  phase: "response",
  section: "cors-check",
  firefoxName: "CORSMissingAllowOrigin",
})({
  "missing-allow-origin": {
    title: "The response has no Access-Control-Allow-Origin header",
    rule: "A page may read a response from another origin only if the response says so: without Access-Control-Allow-Origin the browser withholds it, whatever its status. The request did reach the server.",
    messages: {
      chromium: [
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        "No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin '{origin}' is therefore not allowed access.",
      ],
      firefox: ["CORS header 'Access-Control-Allow-Origin' missing"],
      webkit: ["Origin {origin} is not allowed by Access-Control-Allow-Origin."],
    },
    causes: [
      "the page's origin is not on the server's list, or the server has no CORS at all for this path",
      "the response was made outside the CORS code: a crash, a 404, a proxy's 502, a rate limiter, a firewall",
      "the request went elsewhere: wrong host, port or path",
      "a cache returned a copy that was made for a request without Origin",
    ],
    fixes: {
      server: "Send Access-Control-Allow-Origin: the page's origin, and Vary: Origin, with every status, errors too.",
      proxy: "Add the header to the responses that the proxy makes itself (nginx: add_header … always).",
      client:
        "Check the status of this request in the network panel: if it is an error, fix that first. If the server is not yours, call it through your own back end.",
    },
    seeAlso: [
      "origin-not-in-allowlist",
      "error-response-without-cors",
      "wrong-port-or-host",
      "cached-response-without-cors",
    ],
  },
  "preflight-missing-allow-origin": {
    title: "The preflight response has no Access-Control-Allow-Origin header",
    rule: "Before such a request the browser sends OPTIONS, and that response must pass the CORS check too. It did not, so the request itself was never sent.",
    causes: [
      "the router (404, 405), authentication (401) or the gateway answers OPTIONS before the CORS code does",
      "the page's origin is not on the server's list",
      "the headers are set only in the handlers of GET and POST",
    ],
    fixes: {
      server:
        "Answer OPTIONS with Access-Control-Request-Method before authentication, routing and body parsing, and send the page's origin.",
      proxy: "Pass OPTIONS on, or answer it with the same policy; never both.",
    },
    seeAlso: ["preflight-no-options-handler", "preflight-unauthorized", "origin-not-in-allowlist"],
  },
});
