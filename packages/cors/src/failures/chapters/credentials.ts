import { type Chapter, chapter } from "../chapter.ts";

const fromTheList =
  "If the origin is on your allow list, send it in Access-Control-Allow-Origin, with Access-Control-Allow-Credentials: true and Vary: Origin.";
const neverEcho =
  "Do not echo any Origin instead: that gives every site on the web your users' sessions. Compare it with a list.";

/** `*` with credentials (the second of the four errors that everyone meets), `Access-Control-Allow-Credentials`, cookies that are not sent. */
export const credentials: Chapter = chapter({ kind: "cors", phase: "response", section: "cors-check" })({
  "wildcard-origin-with-credentials": {
    firefoxName: "CORSNotSupportingCredentials",
    title: "Access-Control-Allow-Origin is *, and the request carries credentials",
    rule: 'With credentials: "include" (withCredentials in XMLHttpRequest and axios) browsers do not accept *: the header must be the page\'s own origin. Otherwise any site could read what a signed-in user sees.',
    messages: {
      chromium: [
        "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
      ],
      firefox: ["Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'"],
      webkit: ["Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."],
    },
    causes: [
      "the policy was written for a public API (*), and the page sends cookies, or a library does so by default",
      "a proxy or a framework's default overrides the application's policy with *",
    ],
    fixes: {
      server: [fromTheList, neverEcho],
      client: 'If the data is public, remove credentials: "include" (withCredentials: true); then * is right.',
    },
    misconfigurations: ["wildcard-with-credentials"],
    seeAlso: ["allow-credentials-not-true", "header-wildcard-with-credentials", "method-wildcard-with-credentials"],
  },
  "preflight-wildcard-origin-with-credentials": {
    title: "The preflight response says *, and the request that follows carries credentials",
    rule: "The preflight itself carries no cookies, but it is judged by the request that follows: with credentials, browsers do not accept * there either. The request was never sent.",
    causes: [
      "the policy was written for a public API (*), and the page sends cookies, or a library does so by default",
      "two layers answer: one the preflight with *, the other the request",
    ],
    fixes: {
      server: [`Answer OPTIONS by the same policy as the request. ${fromTheList}`, neverEcho],
      client: 'If the data is public, remove credentials: "include" (withCredentials: true); then * is right.',
    },
    seeAlso: ["preflight-allow-credentials-not-true", "wildcard-origin-with-credentials"],
  },
  "allow-credentials-not-true": {
    title: "Access-Control-Allow-Credentials is not exactly true",
    rule: 'With credentials: "include" the response must say Access-Control-Allow-Credentials: true, in lower case, once. Absent, True, 1 and "true, true" all fail.',
    firefoxName: "CORSMissingAllowCredentials",
    messages: {
      chromium: [
        "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'.",
      ],
      firefox: ["expected 'true' in CORS header 'Access-Control-Allow-Credentials'"],
      webkit: ["Credentials flag is true, but Access-Control-Allow-Credentials is not 'true'."],
    },
    causes: [
      "the server's policy does not allow credentials",
      "the value is written differently: True, TRUE, 1, yes",
      "two layers send the header, and the browser sees true, true",
    ],
    fixes: {
      server:
        "Send Access-Control-Allow-Credentials: true, along with the page's own origin, to origins that you trust with the user's session.",
      client: 'If no cookie is needed, remove credentials: "include" (withCredentials: true).',
    },
    misconfigurations: ["acac-invalid"],
    seeAlso: ["wildcard-origin-with-credentials", "credentials-not-sent"],
  },
  "preflight-allow-credentials-not-true": {
    title: "The preflight response does not allow credentials",
    rule: "The preflight is judged by the request that follows: if that one carries credentials, the response to OPTIONS must say Access-Control-Allow-Credentials: true.",
    causes: [
      "the server's policy does not allow credentials",
      "the header is set on the response to the request only, not on the response to OPTIONS",
    ],
    fixes: {
      server: "Send Access-Control-Allow-Credentials: true in the response to OPTIONS too: one policy for both.",
      client: 'If no cookie is needed, remove credentials: "include" (withCredentials: true).',
    },
    seeAlso: ["allow-credentials-not-true", "preflight-wildcard-origin-with-credentials"],
  },
  "credentials-not-sent": {
    kind: "silent",
    phase: "request",
    title: "CORS passes, but the cookie is not sent",
    rule: "CORS only permits cookies; whether they are sent depends on the cookie (SameSite, Secure) and on the browser's rules for third parties.",
    section: "cookies",
    messages: {
      chromium: ["Indicate whether to send a cookie in a cross-site request by specifying its SameSite attribute"],
      firefox: ["has been rejected because it is in a cross-site context and its 'SameSite' is 'Lax' or 'Strict'"],
    },
    causes: [
      'the page does not ask for it: credentials: "include" is missing',
      "the cookie is SameSite=Lax or has no Secure, and page and API are on different sites",
      "the browser blocks third-party cookies",
    ],
    fixes: {
      client: 'Use fetch(url, { credentials: "include" }), or withCredentials: true.',
      server:
        "Set the cookie with SameSite=None; Secure, or serve the page and the API from one site (app.example.com and api.example.com).",
    },
    seeAlso: ["allow-credentials-not-true"],
  },
});
