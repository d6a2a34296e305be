import type { Theme } from "../failure.ts";
import { corsCheck, corsPreflightFetch } from "../sections.ts";

/** No `Access-Control-Allow-Origin` at all: the first of the four errors that everybody meets. */
export const missingAllowOrigin: Theme<"missing-allow-origin" | "preflight-missing-allow-origin"> = {
  "missing-allow-origin": {
    kind: "cors",
    phase: "response",
    title: "The answer has no Access-Control-Allow-Origin header",
    rule: "A page may read an answer of another origin only if the answer says so: without Access-Control-Allow-Origin the browser withholds it, whatever its status. The request did reach the server.",
    section: corsCheck,
    firefoxName: "CORSMissingAllowOrigin",
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
      "the answer was made outside the CORS code: a crash, a 404, a proxy's 502, a rate limiter, a firewall",
      "the request went elsewhere: wrong host, port or path",
      "a cache gave back a copy that was made for a request without Origin",
    ],
    fixes: [
      {
        who: "server",
        what: "Answer with Access-Control-Allow-Origin: the page's origin, and Vary: Origin, on every status, errors too.",
      },
      { who: "proxy", what: "Put the header on the answers that the proxy makes itself (nginx: add_header … always)." },
      {
        who: "client",
        what: "Look at the status of this request in the network panel: if it is an error, that is the thing to mend. If the server is not yours, call it through your own back end.",
      },
    ],
    seeAlso: [
      "origin-not-in-allowlist",
      "error-response-without-cors",
      "wrong-port-or-host",
      "cached-response-without-cors",
    ],
  },
  "preflight-missing-allow-origin": {
    kind: "cors",
    phase: "preflight",
    title: "The answer to the preflight has no Access-Control-Allow-Origin header",
    rule: "Before such a request the browser asks with OPTIONS; that answer must pass the CORS check too. It did not, so the request itself was never sent.",
    section: corsPreflightFetch,
    firefoxName: "CORSMissingAllowOrigin",
    messages: {
      chromium: [
        "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin '{origin}' is therefore not allowed access.",
      ],
      firefox: ["CORS header 'Access-Control-Allow-Origin' missing"],
      webkit: ["Origin {origin} is not allowed by Access-Control-Allow-Origin."],
    },
    causes: [
      "OPTIONS is answered by the router (404, 405), by authentication (401) or by the gateway, before the CORS code",
      "the page's origin is not on the server's list",
      "the headers are set only in the handlers of GET and POST",
    ],
    fixes: [
      {
        who: "server",
        what: "Answer OPTIONS that carries Access-Control-Request-Method before authentication, routing and body parsing, with the page's origin.",
      },
      { who: "proxy", what: "Pass OPTIONS on, or answer it by the same policy; never both." },
    ],
    seeAlso: ["preflight-no-options-handler", "preflight-unauthorized", "origin-not-in-allowlist"],
  },
};
