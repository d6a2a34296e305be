import type { Theme } from "../failure.ts";
import { corsPreflightFetch, corsProtocol, safelistedRequestHeader } from "../sections.ts";

const chromium = [
  "Request header field {header} is not allowed by Access-Control-Allow-Headers in preflight response.",
];
const firefox = [
  "header '{header}' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response",
  "missing token '{header}' in CORS header 'Access-Control-Allow-Headers' from CORS preflight channel",
];
const webkit = ["Request header field {header} is not allowed by Access-Control-Allow-Headers."];
const firefoxName = "CORSMissingAllowHeaderFromPreflight";

/** A request header is not allowed: the fourth of the four errors that everybody meets. */
export const headers: Theme<
  | "header-not-allowed"
  | "header-authorization-not-covered-by-wildcard"
  | "header-wildcard-with-credentials"
  | "header-response-header-sent-by-client"
  | "header-safelisted-value-too-long"
  | "invalid-allow-headers"
> = {
  "header-not-allowed": {
    kind: "cors",
    phase: "preflight",
    title: "A request header is not in Access-Control-Allow-Headers",
    rule: "Every header that the page adds must stand in Access-Control-Allow-Headers of the answer to the preflight, but for a few harmless ones; Content-Type is harmless only for forms and plain text, not for application/json. The request was never sent.",
    section: corsPreflightFetch,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: [
      "the header is not in the policy: Authorization, Content-Type: application/json, a name of your own",
      "a library adds it silently: sentry-trace, baggage, traceparent, x-client-info, mcp-protocol-version",
      "the server says *, and the request carries credentials: then * is only a name",
      "the browser still goes by an older answer to the preflight",
    ],
    fixes: [
      { who: "server", what: "Name the header in Access-Control-Allow-Headers, on the answer to OPTIONS." },
      { who: "client", what: "Do not send it, if it is not needed; keep tracing headers to your own API." },
    ],
    seeAlso: [
      "header-authorization-not-covered-by-wildcard",
      "header-wildcard-with-credentials",
      "header-response-header-sent-by-client",
      "header-safelisted-value-too-long",
    ],
  },
  "header-authorization-not-covered-by-wildcard": {
    kind: "cors",
    phase: "preflight",
    title: "Authorization must be named: * does not cover it",
    rule: "Authorization needs its own entry in Access-Control-Allow-Headers, with and without credentials. Today's engines still let * cover it and warn; the standard does not.",
    section: corsPreflightFetch,
    firefoxName,
    messages: {
      chromium: [
        "Authorization will not be covered by the wildcard symbol (*) in CORS Access-Control-Allow-Headers handling.",
      ],
      firefox: ["When the 'Access-Control-Allow-Headers' is '*', the 'Authorization' header is not covered."],
    },
    causes: [
      "Authorization is not in the policy: the API was made for cookies and now gets a token",
      "the policy says * and relies on it",
    ],
    fixes: [
      { who: "server", what: "Write Authorization into Access-Control-Allow-Headers, beside * if you keep that." },
    ],
    seeAlso: ["header-not-allowed", "header-wildcard-with-credentials"],
  },
  "header-wildcard-with-credentials": {
    kind: "cors",
    phase: "preflight",
    title: "Access-Control-Allow-Headers: * counts for nothing with credentials",
    rule: 'With credentials: "include" * in Access-Control-Allow-Headers is the name of a header, and none is called so.',
    section: corsPreflightFetch,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: ["the policy says * for headers, and the page sends cookies"],
    fixes: [
      {
        who: "server",
        what: "Name the headers one by one, or answer with those of the asked names that are on your list.",
      },
      { who: "client", what: 'If no cookie is needed, leave credentials: "include" away.' },
    ],
    seeAlso: ["header-not-allowed", "wildcard-origin-with-credentials"],
  },
  "header-response-header-sent-by-client": {
    kind: "cors",
    phase: "request",
    title: "The page sends a header that only servers may send",
    rule: "Access-Control-Allow-… stands on answers. On a request it allows nothing; it only makes a preflight necessary, which nobody allows.",
    section: corsProtocol,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: ["advice from somewhere put it into the headers of axios or fetch()"],
    fixes: [{ who: "client", what: "Take it out of the request. The server has to send it." }],
    seeAlso: ["header-not-allowed", "missing-allow-origin"],
  },
  "header-safelisted-value-too-long": {
    kind: "cors",
    phase: "preflight",
    title: "A harmless header has a value that is not harmless",
    rule: "Accept, Accept-Language, Content-Language and Range need no permission up to 128 bytes (1024 in all), and without unusual bytes; beyond that they must be allowed as any other.",
    section: safelistedRequestHeader,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: [
      "a value of more than 128 bytes",
      "brackets, quotes or other unusual bytes in it",
      "a Range of several parts",
    ],
    fixes: [
      { who: "client", what: "Shorten the value." },
      { who: "server", what: "Name the header in Access-Control-Allow-Headers." },
    ],
    seeAlso: ["header-not-allowed"],
  },
  "invalid-allow-headers": {
    kind: "cors",
    phase: "preflight",
    title: "Access-Control-Allow-Headers is not a list of names",
    rule: "The header is header names with commas between them; one bad entry makes the whole preflight fail.",
    section: corsPreflightFetch,
    firefoxName: "CORSInvalidAllowHeader",
    messages: {
      chromium: ["Cannot parse Access-Control-Allow-Headers response header field in preflight response."],
      firefox: ["invalid token '{value}' in CORS header 'Access-Control-Allow-Headers'"],
      webkit: ["Header Access-Control-Allow-Headers has an invalid value: {value}"],
    },
    causes: [
      "spaces or semicolons between the names",
      "quotes or brackets around them: a list of the program was printed",
    ],
    fixes: [{ who: "server", what: "Write names with commas between: authorization, content-type." }],
    seeAlso: ["invalid-allow-methods"],
  },
};
