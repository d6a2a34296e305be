import { type Chapter, chapter } from "../chapter.ts";

const notSent = "It was refused before anything was sent.";

/** The page asked for something that a request cannot be. */
export const invalidRequest: Chapter = chapter({ kind: "request", phase: "request", section: "new-request" })({
  "invalid-url": {
    title: "The URL cannot be parsed",
    rule: `The first argument of fetch() must be a URL, or one relative to the page. ${notSent}`,
    messages: {
      chromium: ["Failed to parse URL from"],
      firefox: [".fetch: {value} is not a valid URL."],
      webkit: ["URL is not valid or contains user credentials."],
    },
    causes: ["a variable that was not filled in: undefined, an empty host, a bad port"],
    fixes: { client: "Check the URL that the code builds." },
  },
  "url-contains-credentials": {
    title: "The URL contains user:password@",
    rule: `fetch() does not accept a URL with a user name or a password in it. ${notSent}`,
    messages: {
      chromium: ["Request cannot be constructed from a URL that includes credentials:"],
      firefox: ["is an url with embedded credentials."],
      webkit: ["URL is not valid or contains user credentials."],
    },
    causes: ["user:password@ in the URL of the API"],
    fixes: { client: "Send an Authorization header instead; the server then has to allow it." },
    seeAlso: ["header-authorization-not-covered-by-wildcard"],
  },
  "invalid-method": {
    title: "The method is not a valid HTTP method",
    rule: `A method is a token: letters, digits and some punctuation, without spaces. ${notSent}`,
    section: "methods",
    messages: {
      chromium: ["Failed to execute 'fetch' on '{what}': '{value}' is not a valid HTTP method."],
      firefox: [".fetch: Invalid request method {value}."],
      webkit: ["Method is not a valid HTTP token."],
    },
    causes: ["an empty string, a space or a line break in the method"],
    fixes: { client: "Correct the method." },
  },
  "forbidden-method": {
    title: "CONNECT, TRACE and TRACK are not available to scripts",
    rule: `Browsers do not let scripts send these methods. ${notSent}`,
    section: "methods",
    messages: {
      chromium: ["Failed to execute 'fetch' on '{what}': '{method}' HTTP method is unsupported."],
      firefox: [".fetch: Invalid request method {value}."],
      webkit: ["Method is forbidden."],
    },
    causes: ["the page uses CONNECT, TRACE or TRACK"],
    fixes: { client: "Use another method." },
  },
  "invalid-header": {
    title: "A header's name or value cannot be sent",
    rule: `Names are tokens; values have no line breaks and no characters outside Latin-1. ${notSent}`,
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
      "a line break in the value, or letters outside Latin-1, as in a user's name",
    ],
    fixes: { client: "Correct the name; percent-encode other letters." },
  },
  "invalid-request-option": {
    title: "An option of fetch() has a value that does not exist",
    rule: `mode, credentials, cache and redirect take words from fixed lists; mode: "navigate" is reserved for the browser. ${notSent}`,
    messages: {
      chromium: [
        "Cannot construct a Request with a RequestInit whose mode member is set as 'navigate'.",
        "is not a valid enum value of type",
      ],
      firefox: ["is not a valid value for enumeration", ".fetch: Invalid request mode {value}"],
      webkit: ["Request constructor does not accept navigate fetch mode."],
    },
    causes: ["a misspelled option"],
    fixes: { client: "Correct the option." },
  },
  "no-cors-method-not-safelisted": {
    title: 'mode: "no-cors" allows GET, HEAD and POST only',
    rule: `no-cors cannot send what a form could not send. ${notSent}`,
    messages: {
      chromium: ["Failed to execute 'fetch' on '{what}': '{method}' is unsupported in no-cors mode."],
      firefox: [".fetch: Invalid request method {value}."],
      webkit: ["Method must be GET, POST or HEAD in no-cors mode."],
    },
    causes: ['mode: "no-cors" with another method'],
    fixes: { client: 'Remove mode: "no-cors", and let the server allow the method through CORS.' },
    seeAlso: ["opaque-response-no-cors", "method-not-allowed"],
  },
  "only-if-cached-needs-same-origin": {
    title: 'cache: "only-if-cached" needs mode: "same-origin"',
    rule: `Otherwise a page could learn which sites the user has visited. ${notSent}`,
    messages: {
      chromium: ["'only-if-cached' can be set only with 'same-origin' mode"],
      firefox: ["request cache mode 'only-if-cached' can only be used with request mode 'same-origin'."],
      webkit: ["only-if-cached cache option requires fetch mode to be same-origin."],
    },
    causes: ['cache: "only-if-cached" on an ordinary request'],
    fixes: { client: 'Remove cache: "only-if-cached".' },
  },
  "body-not-allowed": {
    title: "GET and HEAD cannot have a body",
    rule: `fetch() does not send a body with GET and HEAD. ${notSent}`,
    messages: {
      chromium: ["Request with GET/HEAD method cannot have body."],
      firefox: ["HEAD or GET Request cannot have a body."],
      webkit: ["Request has method '{method}' and cannot have a body"],
    },
    causes: ["a body without a method: the default is GET"],
    fixes: { client: 'Set method: "POST", or put the data into the URL.' },
  },
  "stream-body-not-allowed": {
    title: "A stream as the body needs more options",
    rule: `A ReadableStream as the body needs duplex: "half", and mode "cors" or "same-origin". ${notSent}`,
    messages: { chromium: ["The 'duplex' member must be specified for a request with a streaming body"] },
    causes: ['duplex: "half" is missing', 'mode: "no-cors" with a stream'],
    fixes: { client: 'Add duplex: "half", or send a Blob.' },
  },
  "invalid-data-url": {
    title: "The data: URL cannot be decoded",
    rule: "A data: URL needs a comma, and valid base64.",
    section: "scheme-fetch",
    messages: { chromium: ["net::ERR_INVALID_URL"], webkit: ["Data URL decoding failed"] },
    causes: ["the comma is missing, or the base64 is cut off"],
    fixes: { client: "Check the data: URL that the code builds." },
  },
});
