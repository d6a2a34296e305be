import { always, type Script } from "../../check/support/scripted-api.ts";
import { changed, isPreflight, onGrant } from "./changed-answers.ts";
import type { Fault } from "./faults.ts";
import { policed, trusted } from "./policed-api.ts";

/** A cache that keeps the answer for a page by its URL alone, whatever Vary says. */
function cached(): Script {
  const kept = new Set<string>();
  return (request, response) => {
    const { url = "", headers } = request;
    const isKept = kept.has(url);
    if (headers.origin === trusted && request.method === "GET") kept.add(url);
    // The page's own requests come back from the server, so that nothing but the cache is at fault.
    if (!isKept || !url.includes("corsmith-audit")) return policed()(request, response);
    request.headers.origin = trusted;
    policed({ change: (lines) => ({ ...lines, Age: "1" }) })(request, response);
  };
}

/** What is wrong with the headers of any answer, and beside them. */
export const answerFaults: readonly Fault[] = [
  {
    name: "no Vary at all",
    code: "missing-vary-dynamic",
    severity: "medium",
    script: changed((headers) => ({ ...headers, Vary: undefined })),
  },
  {
    name: "Vary only for pages that are allowed",
    code: "missing-vary-dynamic",
    severity: "medium",
    script: changed((headers) => ({
      ...headers,
      Vary: "Access-Control-Allow-Origin" in headers ? "Origin" : undefined,
    })),
  },
  { name: "a cache in front that does not vary", code: "cached-acao", severity: "high", script: cached() },
  {
    name: "two lines",
    code: "duplicate-acao",
    severity: "medium",
    script: changed(onGrant({ "Access-Control-Allow-Origin": [trusted, "*"] })),
    sameCause: ["two-owners"],
  },
  {
    name: "a list in one line",
    code: "duplicate-acao",
    severity: "medium",
    script: changed(onGrant({ "Access-Control-Allow-Origin": `${trusted}, https://www.acme.com` })),
  },
  {
    name: "Max-Age of two programs",
    code: "two-owners",
    severity: "low",
    script: changed((headers, request) => (isPreflight(request) ? { ...headers, ...onMaxAge(headers) } : headers)),
    beside: ["max-age-excessive"],
  },
  {
    name: "a slash behind the origin",
    code: "invalid-acao-syntax",
    severity: "medium",
    script: changed(onGrant({ "Access-Control-Allow-Origin": `${trusted}/` })),
  },
  {
    name: "a pattern in the header",
    code: "invalid-acao-syntax",
    severity: "medium",
    script: changed(onGrant({ "Access-Control-Allow-Origin": "https://*.acme.com" })),
  },
  {
    name: "one fixed origin",
    code: "static-acao-mismatch",
    severity: "info",
    script: changed((headers) => ({ ...headers, "Access-Control-Allow-Origin": trusted, Vary: undefined })),
  },
  {
    name: "credentials in capitals",
    code: "acac-invalid",
    severity: "low",
    script: changed(onGrant({ "Access-Control-Allow-Credentials": "True" })),
  },
  {
    name: "credentials for everybody",
    code: "headers-on-deny",
    severity: "info",
    script: changed((headers) => ({ ...headers, "Access-Control-Allow-Credentials": "true" })),
  },
  {
    name: "an error that lists the pages",
    code: "allowlist-disclosure",
    severity: "info",
    script: policed({
      status: ({ method, headers: { origin } }) =>
        method === "GET" && origin !== undefined && origin !== trusted ? 403 : undefined,
      body: ({ headers: { origin } }) =>
        origin === undefined || origin === trusted ? "{}" : `origin not in ${trusted}`,
    }),
  },
  {
    name: "Set-Cookie exposed",
    code: "expose-sensitive",
    severity: "low",
    script: changed(onGrant({ "Access-Control-Expose-Headers": "etag, Set-Cookie" })),
  },
  {
    name: "everything exposed",
    code: "expose-sensitive",
    severity: "info",
    script: changed(onGrant({ "Access-Control-Expose-Headers": "*" })),
  },
  {
    name: "a 404 without the headers",
    code: "error-response-without-cors",
    severity: "medium",
    script: changed((headers, { method, url = "" }) =>
      method === "GET" && !/^\/orders(?:\?|$)/.test(url) ? { Vary: "Origin" } : headers,
    ),
  },
  {
    name: "a login without the headers",
    code: "error-response-without-cors",
    severity: "medium",
    script: changed((headers, { method }) => (method === "GET" ? { Vary: "Origin" } : headers), {
      status: ({ method }) => (method === "GET" ? 401 : undefined),
    }),
  },
  {
    name: "a redirect to another origin",
    code: "redirect-taints-origin",
    severity: "low",
    script: changed((headers) => ({ ...headers, Location: "https://www.acme.com/orders" }), {
      status: ({ method }) => (method === "GET" ? 302 : undefined),
    }),
  },
  {
    name: "Origin opens the door",
    code: "origin-as-authorization",
    severity: "high",
    script: policed({
      status: ({ method, headers: { origin } }) => (method === "GET" && origin === undefined ? 403 : undefined),
    }),
  },
  {
    name: "a slash at the end of the path has another policy",
    code: "path-normalisation-gap",
    severity: "medium",
    script: changed(
      (headers, { url }) => (url === "/orders/" ? { ...headers, "Access-Control-Allow-Origin": undefined } : headers),
      {
        status: ({ url }) => (url === "/orders/" ? 200 : undefined),
        body: ({ url = "" }) => (/^\/orders\/?(?:\?|$)/.test(url) ? '{"orders":[]}' : "not found"),
      },
    ),
  },
  {
    name: "timing for everybody, data for some",
    code: "tao-wildcard",
    severity: "low",
    script: changed((headers) => ({ ...headers, "Timing-Allow-Origin": "*" }), { credentials: true }),
  },
  {
    name: "JSONP",
    code: "jsonp-bypass",
    severity: "medium",
    script: changed(
      (headers, { url = "" }) =>
        url.includes("callback=") ? { ...headers, "Content-Type": "text/javascript" } : headers,
      {
        body: ({ url = "" }) => {
          const callback = new URL(url, "http://x").searchParams.get("callback");
          return callback === null ? "{}" : `/**/ typeof ${callback} === 'function' && ${callback}({});`;
        },
      },
    ),
  },
  {
    name: "crossdomain.xml",
    code: "legacy-crossdomain-xml",
    severity: "low",
    script: (request, response) =>
      request.url === "/crossdomain.xml"
        ? always(
            200,
            { "Content-Type": "text/xml" },
            '<cross-domain-policy><allow-access-from domain="*"/></cross-domain-policy>',
          )(request, response)
        : policed()(request, response),
  },
  {
    name: "a service that answers to any name",
    code: "host-not-validated",
    severity: "medium",
    script: policed(),
    rebinding: true,
  },
];

function onMaxAge(headers: object): Record<string, readonly string[]> {
  return "Access-Control-Allow-Origin" in headers ? { "Access-Control-Max-Age": ["600", "60"] } : {};
}
