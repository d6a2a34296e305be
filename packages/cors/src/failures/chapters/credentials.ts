import type { Theme } from "../failure.ts";
import { cookies, corsCheck, corsPreflightFetch } from "../sections.ts";

/** What goes wrong around `Access-Control-Allow-Credentials`, and cookies that stay at home. */
export const credentials: Theme<
  "allow-credentials-not-true" | "preflight-allow-credentials-not-true" | "credentials-not-sent"
> = {
  "allow-credentials-not-true": {
    kind: "cors",
    phase: "response",
    title: "Access-Control-Allow-Credentials is not exactly true",
    rule: 'With credentials: "include" the answer must say Access-Control-Allow-Credentials: true, in lower case, once. Absent, True, 1 and "true, true" all fail.',
    section: corsCheck,
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
      "the value is written otherwise: True, TRUE, 1, yes",
      "two layers send the header, and the browser sees true, true",
    ],
    fixes: [
      {
        who: "server",
        what: "Send Access-Control-Allow-Credentials: true, beside the page's own origin, to origins that you trust with the user's session.",
      },
      {
        who: "client",
        what: 'If no cookie is needed, leave credentials: "include" (withCredentials: true) away.',
      },
    ],
    seeAlso: ["wildcard-origin-with-credentials", "credentials-not-sent"],
  },
  "preflight-allow-credentials-not-true": {
    kind: "cors",
    phase: "preflight",
    title: "The answer to the preflight does not allow credentials",
    rule: "The preflight is judged by the request to come: if that one carries credentials, the answer to OPTIONS must say Access-Control-Allow-Credentials: true.",
    section: corsPreflightFetch,
    firefoxName: "CORSMissingAllowCredentials",
    messages: {
      chromium: [
        "Response to preflight request doesn't pass access control check: The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be 'true' when the request's credentials mode is 'include'.",
      ],
      firefox: ["expected 'true' in CORS header 'Access-Control-Allow-Credentials'"],
      webkit: ["Credentials flag is true, but Access-Control-Allow-Credentials is not 'true'."],
    },
    causes: [
      "the server's policy does not allow credentials",
      "the header is set on the answer to the request only, not on the one to OPTIONS",
    ],
    fixes: [
      {
        who: "server",
        what: "Send Access-Control-Allow-Credentials: true on the answer to OPTIONS too: one policy for both.",
      },
      {
        who: "client",
        what: 'If no cookie is needed, leave credentials: "include" (withCredentials: true) away.',
      },
    ],
    seeAlso: ["allow-credentials-not-true", "preflight-wildcard-origin-with-credentials"],
  },
  "credentials-not-sent": {
    kind: "silent",
    phase: "request",
    title: "CORS is fine, and the cookie is not sent",
    rule: "CORS only lets cookies travel; whether they do is up to the cookie: SameSite, Secure, and the browser's rules for third parties.",
    section: cookies,
    messages: {
      chromium: ["Indicate whether to send a cookie in a cross-site request by specifying its SameSite attribute"],
      firefox: ["has been rejected because it is in a cross-site context and its 'SameSite' is 'Lax' or 'Strict'"],
    },
    causes: [
      'the page does not ask for it: credentials: "include" is missing',
      "the cookie is SameSite=Lax or has no Secure, and page and API are on different sites",
      "the browser blocks cookies of third parties",
    ],
    fixes: [
      { who: "client", what: 'fetch(url, { credentials: "include" }), or withCredentials: true.' },
      {
        who: "server",
        what: "Set the cookie with SameSite=None; Secure, or serve page and API from one site (app.example.com and api.example.com).",
      },
    ],
    seeAlso: ["allow-credentials-not-true"],
  },
};
