import { type Chapter, chapter } from "../chapter.ts";

/** The method is not allowed: the third of the four errors that everyone meets. */
export const methods: Chapter = chapter({
  kind: "cors",
  phase: "preflight",
  section: "cors-preflight-fetch",
  firefoxName: "CORSMethodNotFound",
  messages: {
    chromium: ["Method {method} is not allowed by Access-Control-Allow-Methods in preflight response."],
    firefox: ["Did not find method in CORS header 'Access-Control-Allow-Methods'"],
    webkit: ["Method {method} is not allowed by Access-Control-Allow-Methods."],
  },
})({
  "method-not-allowed": {
    title: "The method is not in Access-Control-Allow-Methods",
    rule: "GET, HEAD and POST need no permission; every other method must be listed in Access-Control-Allow-Methods of the preflight response, in the same case. The request was never sent.",
    causes: [
      "the method is not in the policy: many defaults include only GET and POST",
      "the header is missing, or the server set Allow instead of Access-Control-Allow-Methods",
      "the server says *, and the request carries credentials: then * is just a name",
      "the browser still uses an older preflight response",
    ],
    fixes: {
      server: "Name the methods that this route serves in Access-Control-Allow-Methods, in the response to OPTIONS.",
      client: "Methods are compared in their exact case: patch is not PATCH.",
    },
    seeAlso: ["method-case-mismatch", "method-wildcard-with-credentials", "preflight-cache-stale"],
  },
  "method-case-mismatch": {
    title: "The method is written in lower case",
    rule: "fetch() turns only delete, get, head, options, post and put into upper case; patch stays patch, and methods are compared byte for byte.",
    section: "methods",
    causes: ['the page says method: "patch"'],
    fixes: { client: 'Write it in upper case: method: "PATCH".' },
    seeAlso: ["method-not-allowed"],
  },
  "method-wildcard-with-credentials": {
    title: "Access-Control-Allow-Methods: * means nothing with credentials",
    rule: 'With credentials: "include" * in Access-Control-Allow-Methods is the name of a method, and no method has that name.',
    causes: ["the policy says * for methods, and the page sends cookies"],
    fixes: {
      server: "Name the methods one by one.",
      client: 'If no cookie is needed, remove credentials: "include".',
    },
    misconfigurations: ["wildcard-token-with-credentials"],
    seeAlso: ["method-not-allowed", "header-wildcard-with-credentials"],
  },
  "invalid-allow-methods": {
    title: "Access-Control-Allow-Methods is not a list of methods",
    rule: "The header is a list of method names separated by commas; one bad entry makes the whole preflight fail, even for GET.",
    firefoxName: "CORSInvalidAllowMethod",
    messages: {
      chromium: ["Cannot parse Access-Control-Allow-Methods response header field in preflight response."],
      firefox: ["invalid token '{value}' in CORS header 'Access-Control-Allow-Methods'"],
      webkit: ["Header Access-Control-Allow-Methods has an invalid value: {value}"],
    },
    causes: [
      "spaces or semicolons between the names",
      "quotes or brackets around them: a list was printed as the program writes it",
    ],
    fixes: { server: "Separate the names with commas: GET, PUT, DELETE." },
    seeAlso: ["invalid-allow-headers"],
  },
});

/** A request header is not allowed: the fourth of the four errors that everyone meets. */
export const headers: Chapter = chapter({
  kind: "cors",
  phase: "preflight",
  section: "cors-preflight-fetch",
  firefoxName: "CORSMissingAllowHeaderFromPreflight",
  messages: {
    chromium: ["Request header field {header} is not allowed by Access-Control-Allow-Headers in preflight response."],
    firefox: [
      "header '{header}' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response",
      "missing token '{header}' in CORS header 'Access-Control-Allow-Headers' from CORS preflight channel",
    ],
    webkit: ["Request header field {header} is not allowed by Access-Control-Allow-Headers."],
  },
})({
  "header-not-allowed": {
    title: "A request header is not in Access-Control-Allow-Headers",
    rule: "Every header that the page adds must be listed in Access-Control-Allow-Headers of the preflight response, except for a few harmless ones; Content-Type is harmless only for forms and plain text, not for application/json. The request was never sent.",
    causes: [
      "the header is not in the policy: Authorization, Content-Type: application/json, a name of your own",
      "a library adds it silently: sentry-trace, baggage, traceparent, x-client-info, mcp-protocol-version",
      "the server says *, and the request carries credentials: then * is just a name",
      "the browser still uses an older preflight response",
    ],
    fixes: {
      server: "Name the header in Access-Control-Allow-Headers, in the response to OPTIONS.",
      client: "Do not send it if it is not needed; send tracing headers to your own API only.",
    },
    seeAlso: [
      "header-authorization-not-covered-by-wildcard",
      "header-wildcard-with-credentials",
      "header-response-header-sent-by-client",
      "header-safelisted-value-too-long",
    ],
  },
  "header-authorization-not-covered-by-wildcard": {
    title: "Authorization must be named: * does not cover it",
    rule: "Authorization needs its own entry in Access-Control-Allow-Headers, with and without credentials. Today's engines still let * cover it and warn; the standard does not.",
    messages: {
      chromium: [
        "Authorization will not be covered by the wildcard symbol (*) in CORS Access-Control-Allow-Headers handling.",
      ],
      firefox: ["When the 'Access-Control-Allow-Headers' is '*', the 'Authorization' header is not covered."],
    },
    causes: [
      "Authorization is not in the policy: the API was built for cookies and now gets a token",
      "the policy says * and relies on it",
    ],
    fixes: { server: "Add Authorization to Access-Control-Allow-Headers, next to * if you keep that." },
    misconfigurations: ["authorization-under-wildcard"],
    seeAlso: ["header-not-allowed", "header-wildcard-with-credentials"],
  },
  "header-wildcard-with-credentials": {
    title: "Access-Control-Allow-Headers: * means nothing with credentials",
    rule: 'With credentials: "include" * in Access-Control-Allow-Headers is the name of a header, and no header has that name.',
    causes: ["the policy says * for headers, and the page sends cookies"],
    fixes: {
      server: "Name the headers one by one, or send back the requested names that are on your list.",
      client: 'If no cookie is needed, remove credentials: "include".',
    },
    misconfigurations: ["wildcard-token-with-credentials"],
    seeAlso: ["header-not-allowed", "wildcard-origin-with-credentials"],
  },
  "header-response-header-sent-by-client": {
    phase: "request",
    title: "The page sends a header that only servers may send",
    rule: "Access-Control-Allow-… belongs on responses. On a request it allows nothing; it only triggers a preflight, which no server allows.",
    section: "cors-protocol",
    causes: ["bad advice: it was added to the headers of axios or fetch()"],
    fixes: { client: "Remove it from the request. The server has to send it." },
    seeAlso: ["header-not-allowed", "missing-allow-origin"],
  },
  "header-safelisted-value-too-long": {
    title: "A harmless header has a value that is not harmless",
    rule: "Accept, Accept-Language, Content-Language and Range need no permission up to 128 bytes (1024 in all), and without unusual bytes; beyond that they must be allowed like any other.",
    section: "cors-safelisted-request-header",
    causes: [
      "a value of more than 128 bytes",
      "brackets, quotes or other unusual bytes in it",
      "a Range with several parts",
    ],
    fixes: { client: "Shorten the value.", server: "Name the header in Access-Control-Allow-Headers." },
    seeAlso: ["header-not-allowed"],
  },
  "invalid-allow-headers": {
    title: "Access-Control-Allow-Headers is not a list of names",
    rule: "The header is a list of header names separated by commas; one bad entry makes the whole preflight fail.",
    firefoxName: "CORSInvalidAllowHeader",
    messages: {
      chromium: ["Cannot parse Access-Control-Allow-Headers response header field in preflight response."],
      firefox: ["invalid token '{value}' in CORS header 'Access-Control-Allow-Headers'"],
      webkit: ["Header Access-Control-Allow-Headers has an invalid value: {value}"],
    },
    causes: [
      "spaces or semicolons between the names",
      "quotes or brackets around them: a list was printed as the program writes it",
    ],
    fixes: { server: "Separate the names with commas: authorization, content-type." },
    seeAlso: ["invalid-allow-methods"],
  },
});
