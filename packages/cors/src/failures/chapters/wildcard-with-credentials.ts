import type { Theme } from "../failure.ts";
import { corsCheck, corsPreflightFetch } from "../sections.ts";

const why =
  "Do not echo whatever Origin comes instead: that gives every site on the web the session of your user. Compare it with a list.";

/** `*` where cookies travel: the second of the four errors that everybody meets. */
export const wildcardWithCredentials: Theme<
  "wildcard-origin-with-credentials" | "preflight-wildcard-origin-with-credentials"
> = {
  "wildcard-origin-with-credentials": {
    kind: "cors",
    phase: "response",
    title: "Access-Control-Allow-Origin is *, and the request carries credentials",
    rule: 'With credentials: "include" (withCredentials in XMLHttpRequest and axios) * stands for nothing: the header must be the page\'s own origin. Any site would be able to read what a signed-in user sees otherwise.',
    section: corsCheck,
    firefoxName: "CORSNotSupportingCredentials",
    messages: {
      chromium: [
        "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
      ],
      firefox: ["Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'"],
      webkit: ["Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."],
    },
    causes: [
      "the policy was written for a public API (*), and the page sends cookies, or a library does so by default",
      "a proxy or a framework's default adds * over the policy of the application",
    ],
    fixes: [
      {
        who: "server",
        what: "Answer with the page's origin, Access-Control-Allow-Credentials: true and Vary: Origin, for origins on a list.",
      },
      { who: "server", what: why },
      {
        who: "client",
        what: 'If the data is public, leave credentials: "include" (withCredentials: true) away; then * is right.',
      },
    ],
    seeAlso: ["allow-credentials-not-true", "header-wildcard-with-credentials", "method-wildcard-with-credentials"],
  },
  "preflight-wildcard-origin-with-credentials": {
    kind: "cors",
    phase: "preflight",
    title: "The answer to the preflight is *, and the coming request carries credentials",
    rule: "The preflight itself carries no cookies, but it is judged by the request to come: with credentials, * stands for nothing there either. The request was never sent.",
    section: corsPreflightFetch,
    firefoxName: "CORSNotSupportingCredentials",
    messages: {
      chromium: [
        "Response to preflight request doesn't pass access control check: The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
      ],
      firefox: ["Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'"],
      webkit: ["Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."],
    },
    causes: [
      "the policy was written for a public API (*), and the page sends cookies, or a library does so by default",
      "two layers answer: one the preflight with *, the other the request",
    ],
    fixes: [
      {
        who: "server",
        what: "Answer OPTIONS by the same policy as the request: the page's origin from a list, Access-Control-Allow-Credentials: true, Vary: Origin.",
      },
      { who: "server", what: why },
      {
        who: "client",
        what: 'If the data is public, leave credentials: "include" (withCredentials: true) away; then * is right.',
      },
    ],
    seeAlso: ["preflight-allow-credentials-not-true", "wildcard-origin-with-credentials"],
  },
};
