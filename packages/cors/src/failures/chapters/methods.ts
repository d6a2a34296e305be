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
      client: "Write the method in upper case: patch is not PATCH.",
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
