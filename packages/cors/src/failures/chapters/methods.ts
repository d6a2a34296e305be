import type { Theme } from "../failure.ts";
import { corsPreflightFetch, methods as methodsSection } from "../sections.ts";

const chromium = ["Method {method} is not allowed by Access-Control-Allow-Methods in preflight response."];
const firefox = ["Did not find method in CORS header 'Access-Control-Allow-Methods'"];
const webkit = ["Method {method} is not allowed by Access-Control-Allow-Methods."];
const firefoxName = "CORSMethodNotFound";

/** The method is not allowed: the third of the four errors that everybody meets. */
export const methods: Theme<
  "method-not-allowed" | "method-case-mismatch" | "method-wildcard-with-credentials" | "invalid-allow-methods"
> = {
  "method-not-allowed": {
    kind: "cors",
    phase: "preflight",
    title: "The method is not in Access-Control-Allow-Methods",
    rule: "GET, HEAD and POST need no permission; every other method must stand in Access-Control-Allow-Methods of the answer to the preflight, in the same case. The request was never sent.",
    section: corsPreflightFetch,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: [
      "the method is not in the policy: many defaults know only GET and POST",
      "the header is missing, or the server set Allow instead of Access-Control-Allow-Methods",
      "the server says *, and the request carries credentials: then * is only a name",
      "the browser still goes by an older answer to the preflight",
    ],
    fixes: [
      {
        who: "server",
        what: "Name the methods that this route serves in Access-Control-Allow-Methods, on the answer to OPTIONS.",
      },
      { who: "client", what: "Write the method in upper case: patch is not PATCH." },
    ],
    seeAlso: ["method-case-mismatch", "method-wildcard-with-credentials", "preflight-cache-stale"],
  },
  "method-case-mismatch": {
    kind: "cors",
    phase: "preflight",
    title: "The method is written in lower case",
    rule: "fetch() makes upper case of delete, get, head, options, post and put only; patch stays patch, and methods are compared byte for byte.",
    section: methodsSection,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: ['the page says method: "patch"'],
    fixes: [{ who: "client", what: 'Write it in upper case: method: "PATCH".' }],
    seeAlso: ["method-not-allowed"],
  },
  "method-wildcard-with-credentials": {
    kind: "cors",
    phase: "preflight",
    title: "Access-Control-Allow-Methods: * counts for nothing with credentials",
    rule: 'With credentials: "include" * in Access-Control-Allow-Methods is the name of a method, and none is called so.',
    section: corsPreflightFetch,
    firefoxName,
    messages: { chromium, firefox, webkit },
    causes: ["the policy says * for methods, and the page sends cookies"],
    fixes: [
      { who: "server", what: "Name the methods one by one." },
      { who: "client", what: 'If no cookie is needed, leave credentials: "include" away.' },
    ],
    seeAlso: ["method-not-allowed", "header-wildcard-with-credentials"],
  },
  "invalid-allow-methods": {
    kind: "cors",
    phase: "preflight",
    title: "Access-Control-Allow-Methods is not a list of methods",
    rule: "The header is method names with commas between them; one bad entry makes the whole preflight fail, even for GET.",
    section: corsPreflightFetch,
    firefoxName: "CORSInvalidAllowMethod",
    messages: {
      chromium: ["Cannot parse Access-Control-Allow-Methods response header field in preflight response."],
      firefox: ["invalid token '{value}' in CORS header 'Access-Control-Allow-Methods'"],
      webkit: ["Header Access-Control-Allow-Methods has an invalid value: {value}"],
    },
    causes: [
      "spaces or semicolons between the names",
      "quotes or brackets around them: a list of the program was printed",
    ],
    fixes: [{ who: "server", what: "Write names with commas between: GET, PUT, DELETE." }],
    seeAlso: ["invalid-allow-headers"],
  },
};
