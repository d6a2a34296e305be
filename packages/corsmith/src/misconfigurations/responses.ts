import type { Misconfiguration } from "./misconfiguration.ts";

const nothingRead = 'The page\'s script sees "Failed to fetch", in every browser.';

/** What is wrong with the headers of responses. */
export const responseMisconfigurations = {
  "missing-vary-dynamic": {
    title: "Access-Control-Allow-Origin depends on the origin, and Vary does not say so",
    means:
      "A cache gives one page the response that was made for another: allowed pages fail now and then, and another page may get their grant.",
    fix: "Send Vary: Origin with every response of this URL: allowed or not, with an Origin or without.",
    section: "cors-and-caches",
    cwe: [524, 349],
  },
  "missing-vary-preflight": {
    title: "Preflight responses depend on what is requested, and Vary does not say so",
    means: "Only a cache that keeps responses to OPTIONS, against RFC 9110, mixes them up.",
    fix: "Add Access-Control-Request-Method and Access-Control-Request-Headers to Vary.",
    section: "cors-and-caches",
    cwe: [524],
  },
  "cached-acao": {
    who: "proxy",
    title: "A cache gives one page the response made for another",
    means: "Which page can read the API depends on which asked first.",
    failure: "cached-response-for-other-origin",
    fix: "Send Vary: Origin, and let the cache key include it.",
    cwe: [349, 524],
  },
  "duplicate-acao": {
    title: "More than one value in Access-Control-Allow-Origin",
    means: nothingRead,
    failure: "multiple-allow-origin-values",
  },
  "two-owners": {
    who: "proxy",
    title: "Two programs set the CORS headers",
    means: "Together they say what neither meant; the next change of one breaks the other.",
    fix: "Let one place set the headers: remove the application's at the gateway.",
    section: "cors-protocol",
    cwe: [436],
  },
  "invalid-acao-syntax": {
    title: "Access-Control-Allow-Origin can match no page",
    means: nothingRead,
    failure: "invalid-allow-origin-value",
  },
  "static-acao-mismatch": {
    title: "One fixed origin is sent to everyone",
    means: "It is safe, reveals the page's origin to everyone, and cannot serve a second page.",
    fix: "To allow more than one page, send each its own origin, with Vary: Origin.",
  },
  "acac-invalid": {
    title: 'Access-Control-Allow-Credentials is not "true"',
    means: "Only these four lower-case letters count: pages that include cookies read nothing.",
    failure: "allow-credentials-not-true",
    fix: "Send true, or remove the header.",
  },
  "headers-on-deny": {
    title: "A refused page learns what others may do",
    means: "Nothing can be read by it; it reveals what the API allows.",
    fix: "Send the CORS headers only to an allowed page, and Vary to everyone.",
    section: "cors-protocol",
    cwe: [200],
  },
  "allowlist-disclosure": {
    title: "The allowed origins are revealed to others",
    means: "An attacker of the API learns which pages are worth attacking.",
    fix: "Name no origin but the one that asked.",
    section: "cors-protocol",
    cwe: [200],
  },
  "wildcard-token-with-credentials": {
    title: "* in a list while credentials are allowed",
    means: "With credentials * is a name like any other: requests that rely on it fail.",
    failure: "header-wildcard-with-credentials",
    fix: "Name what is allowed.",
    section: "cors-and-credentials",
  },
  "authorization-under-wildcard": {
    title: "Authorization is allowed by * only",
    means: "Today's browsers accept it; the standard does not, and they may follow it.",
    failure: "header-authorization-not-covered-by-wildcard",
  },
  "methods-over-permissive": {
    title: "Methods are allowed that the API does not have",
    means: "A method that is added to the API later is open to pages at once.",
    fix: "List the methods that pages need.",
    section: "cors-preflight-fetch",
    cwe: [942],
  },
  "headers-reflected": {
    title: "Any requested header is allowed",
    means: "Pages may send headers that proxies and frameworks act on, such as X-HTTP-Method-Override.",
    fix: "List the headers that pages need.",
    section: "cors-preflight-fetch",
    cwe: [942],
  },
  "expose-sensitive": {
    title: "Response headers are exposed that no script should have",
    means: "A script injected into an allowed page reads them.",
    fix: "Expose only what the page reads.",
    section: "expose-headers",
    cwe: [200],
  },
  "max-age-excessive": {
    title: "Access-Control-Max-Age is not a usable number of seconds",
    means:
      "Browsers cap it: 7200 s in Chrome, 86400 s in Firefox, 600 s in Safari. That long a permission stays after you revoke it.",
    fix: "7200 is what most browsers use; set less while you change the policy.",
    section: "max-age",
  },
  "max-age-missing": {
    title: "Preflight responses are hardly cached",
    means: "Every request that needs a preflight takes two round trips.",
    fix: "Access-Control-Max-Age: 600 counts in every browser.",
    section: "max-age",
  },
  "preflight-bad-status": {
    title: "The preflight is not answered with 2xx",
    means: "Requests that need a preflight (PUT, DELETE, JSON, Authorization) never leave the browser.",
    failure: "preflight-status-not-ok",
  },
  "preflight-needs-auth": {
    title: "The preflight has to authenticate",
    means: "A preflight never carries credentials: requests that need one never leave the browser.",
    failure: "preflight-unauthorized",
  },
  "preflight-actual-mismatch": {
    title: "The preflight allows what the response then refuses",
    means: "The request is sent and does its work, and the page cannot read the response.",
    fix: "Let one place set the headers of both.",
  },
  "error-response-without-cors": {
    title: "Errors come without the CORS headers",
    means: 'The page sees "Failed to fetch" instead of 404 or 500, and no one finds the error.',
    failure: "error-response-without-cors",
    fix: "Set the CORS headers on every status, in the outermost layer. In nginx: add_header … always.",
    section: "cors-protocol",
  },
  "redirect-taints-origin": {
    title: "The URL redirects to another origin",
    means:
      "After such a redirect the page's origin is null, and its preflights fail on the way; that tempts people into allowing null.",
    failure: "redirect-origin-becomes-null",
  },
} as const satisfies Readonly<Record<string, Misconfiguration>>;
