import type { Theme } from "../failure.ts";
import { methods, requestConstructor, schemeFetch } from "../sections.ts";

const kind = "request";
const phase = "request";
const section = requestConstructor;
const notSent = "It was refused before anything was sent.";

/** The page asked for what a request cannot be. */
export const invalidRequest: Theme<
  | "invalid-url"
  | "url-contains-credentials"
  | "invalid-method"
  | "forbidden-method"
  | "invalid-header"
  | "invalid-request-option"
  | "no-cors-method-not-safelisted"
  | "only-if-cached-needs-same-origin"
  | "body-not-allowed"
  | "stream-body-not-allowed"
  | "invalid-data-url"
> = {
  "invalid-url": {
    kind,
    phase,
    title: "The URL cannot be parsed",
    rule: `The first argument of fetch() must be a URL, or one relative to the page. ${notSent}`,
    section,
    messages: {
      chromium: ["Failed to parse URL from"],
      firefox: [".fetch: {value} is not a valid URL."],
      webkit: ["URL is not valid or contains user credentials."],
    },
    causes: ["a variable that was not filled in: undefined, an empty host, a bad port"],
    fixes: [{ who: "client", what: "Look at the URL that is built." }],
  },
  "url-contains-credentials": {
    kind,
    phase,
    title: "The URL holds user:password@",
    rule: `fetch() takes no URL with a name or a password in it. ${notSent}`,
    section,
    messages: {
      chromium: ["Request cannot be constructed from a URL that includes credentials:"],
      firefox: ["is an url with embedded credentials."],
      webkit: ["URL is not valid or contains user credentials."],
    },
    causes: ["user:password@ in the URL of the API"],
    fixes: [{ who: "client", what: "Send an Authorization header instead; the server then has to allow it." }],
    seeAlso: ["header-authorization-not-covered-by-wildcard"],
  },
  "invalid-method": {
    kind,
    phase,
    title: "The method is no method",
    rule: `A method is a token: letters, digits and a few marks, without spaces. ${notSent}`,
    section: methods,
    messages: {
      chromium: ["Failed to execute 'fetch' on '{what}': '{value}' is not a valid HTTP method."],
      firefox: [".fetch: Invalid request method {value}."],
      webkit: ["Method is not a valid HTTP token."],
    },
    causes: ["an empty text, a space or a line break in the method"],
    fixes: [{ who: "client", what: "Correct the method." }],
  },
  "forbidden-method": {
    kind,
    phase,
    title: "CONNECT, TRACE and TRACK are not for scripts",
    rule: `Browsers let no script send these methods. ${notSent}`,
    section: methods,
    messages: {
      chromium: ["Failed to execute 'fetch' on '{what}': '{method}' HTTP method is unsupported."],
      firefox: [".fetch: Invalid request method {value}."],
      webkit: ["Method is forbidden."],
    },
    causes: ["the page uses CONNECT, TRACE or TRACK"],
    fixes: [{ who: "client", what: "Use another method." }],
  },
  "invalid-header": {
    kind,
    phase,
    title: "A header's name or value cannot be sent",
    rule: `Names are tokens; values have no line breaks and no characters beyond Latin-1. ${notSent}`,
    section,
    messages: {
      chromium: [
        "Failed to execute 'fetch' on '{what}': Invalid name",
        "Failed to execute 'fetch' on '{what}': Invalid value",
        "String contains non ISO-8859-1 code point.",
      ],
      firefox: [
        "is an invalid header name.",
        "is an invalid header value.",
        "Cannot convert element of element of sequence<sequence<ByteString>>",
      ],
      webkit: ["Invalid header name: '{value}'", "Header '{header}' has invalid value:"],
    },
    causes: [
      "a space or a colon in the name",
      "a line break in the value, or letters that are not Latin: a user's name, say",
    ],
    fixes: [{ who: "client", what: "Correct the name; write other letters percent-encoded." }],
  },
  "invalid-request-option": {
    kind,
    phase,
    title: "An option of fetch() has a value that does not exist",
    rule: `mode, credentials, cache and redirect are words of a fixed list; mode: "navigate" is the browser's own. ${notSent}`,
    section,
    messages: {
      chromium: [
        "Cannot construct a Request with a RequestInit whose mode member is set as 'navigate'.",
        "is not a valid enum value of type",
      ],
      firefox: ["is not a valid value for enumeration", ".fetch: Invalid request mode {value}"],
      webkit: ["Request constructor does not accept navigate fetch mode."],
    },
    causes: ["a misspelt option"],
    fixes: [{ who: "client", what: "Correct the option." }],
  },
  "no-cors-method-not-safelisted": {
    kind,
    phase,
    title: 'mode: "no-cors" allows GET, HEAD and POST only',
    rule: `What a form could not send, no-cors cannot either. ${notSent}`,
    section,
    messages: {
      chromium: ["Failed to execute 'fetch' on '{what}': '{method}' is unsupported in no-cors mode."],
      firefox: [".fetch: Invalid request method {value}."],
      webkit: ["Method must be GET, POST or HEAD in no-cors mode."],
    },
    causes: ['mode: "no-cors" beside another method'],
    fixes: [{ who: "client", what: 'Leave mode: "no-cors" away, and let the server allow the method by CORS.' }],
    seeAlso: ["opaque-response-no-cors", "method-not-allowed"],
  },
  "only-if-cached-needs-same-origin": {
    kind,
    phase,
    title: 'cache: "only-if-cached" needs mode: "same-origin"',
    rule: `Otherwise a page could learn what other sites the user has seen. ${notSent}`,
    section,
    messages: {
      chromium: ["'only-if-cached' can be set only with 'same-origin' mode"],
      firefox: ["request cache mode 'only-if-cached' can only be used with request mode 'same-origin'."],
      webkit: ["only-if-cached cache option requires fetch mode to be same-origin."],
    },
    causes: ['cache: "only-if-cached" on an ordinary request'],
    fixes: [{ who: "client", what: 'Leave cache: "only-if-cached" away.' }],
  },
  "body-not-allowed": {
    kind,
    phase,
    title: "GET and HEAD have no body",
    rule: `fetch() sends no body with GET and HEAD. ${notSent}`,
    section,
    messages: {
      chromium: ["Request with GET/HEAD method cannot have body."],
      firefox: ["HEAD or GET Request cannot have a body."],
      webkit: ["Request has method '{method}' and cannot have a body"],
    },
    causes: ["a body without a method: the default is GET"],
    fixes: [{ who: "client", what: 'Write method: "POST", or put the data into the URL.' }],
  },
  "stream-body-not-allowed": {
    kind,
    phase,
    title: "A stream as body needs more",
    rule: `A ReadableStream as body needs duplex: "half", and mode "cors" or "same-origin". ${notSent}`,
    section,
    messages: { chromium: ["The 'duplex' member must be specified for a request with a streaming body"] },
    causes: ['duplex: "half" is missing', 'mode: "no-cors" with a stream'],
    fixes: [{ who: "client", what: 'Add duplex: "half", or send a Blob.' }],
  },
  "invalid-data-url": {
    kind,
    phase,
    title: "The data: URL cannot be read",
    rule: "A data: URL needs a comma, and base64 that can be decoded.",
    section: schemeFetch,
    messages: { chromium: ["net::ERR_INVALID_URL"], webkit: ["Data URL decoding failed"] },
    causes: ["the comma is missing, or the base64 is cut off"],
    fixes: [{ who: "client", what: "Look at the data: URL that is built." }],
  },
};
