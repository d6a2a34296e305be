import { changed, isPreflight, onPreflight, open, starred } from "./changed-answers.ts";
import type { Fault } from "./faults.ts";
import { policed } from "./policed-api.ts";

/** What is wrong with the answers to preflights. */
export const preflightFaults: readonly Fault[] = [
  {
    name: "a preflight that names the headers that are asked for, of a list",
    code: "missing-vary-preflight",
    severity: "info",
    script: changed((headers, { method, headers: { "access-control-request-headers": asked } }) =>
      method === "OPTIONS" && asked !== undefined
        ? { ...headers, "Access-Control-Allow-Headers": "x-only-this" }
        : headers,
    ),
  },
  {
    name: "* among headers, with credentials",
    code: "wildcard-token-with-credentials",
    severity: "medium",
    script: changed(onPreflight({ "Access-Control-Allow-Headers": "*" }), { credentials: true }),
  },
  {
    name: "* among headers and no Authorization",
    code: "authorization-under-wildcard",
    severity: "info",
    script: changed(
      (headers, request) =>
        starred({ ...headers, ...(isPreflight(request) ? { "Access-Control-Allow-Headers": "*" } : {}) }),
      open,
    ),
    beside: ["missing-vary-dynamic"],
  },
  {
    name: "whatever method",
    code: "methods-over-permissive",
    severity: "low",
    script: changed((headers, { method, headers: { "access-control-request-method": asked = "" } }) =>
      method === "OPTIONS" && "Access-Control-Allow-Origin" in headers
        ? { ...headers, "Access-Control-Allow-Methods": asked, Vary: "Origin, Access-Control-Request-Method" }
        : headers,
    ),
  },
  {
    name: "TRACE",
    code: "methods-over-permissive",
    severity: "info",
    script: changed(onPreflight({ "Access-Control-Allow-Methods": "PUT, TRACE" })),
  },
  {
    name: "whatever header, with credentials",
    code: "headers-reflected",
    severity: "medium",
    script: changed(
      (headers, { method, headers: { "access-control-request-headers": asked = "" } }) =>
        method === "OPTIONS" && "Access-Control-Allow-Origin" in headers
          ? { ...headers, "Access-Control-Allow-Headers": asked, Vary: "Origin, Access-Control-Request-Headers" }
          : headers,
      { credentials: true },
    ),
  },
  {
    name: "a year",
    code: "max-age-excessive",
    severity: "info",
    script: changed(onPreflight({ "Access-Control-Max-Age": "31536000" })),
  },
  {
    name: "ten minutes in words",
    code: "max-age-excessive",
    severity: "info",
    script: changed(onPreflight({ "Access-Control-Max-Age": "10m" })),
  },
  {
    name: "no Max-Age",
    code: "max-age-missing",
    severity: "info",
    script: changed(onPreflight({ "Access-Control-Max-Age": undefined })),
  },
  {
    name: "no OPTIONS",
    code: "preflight-bad-status",
    severity: "medium",
    script: policed({ status: (request) => (isPreflight(request) ? 405 : undefined) }),
  },
  {
    name: "a preflight that is redirected",
    code: "preflight-bad-status",
    severity: "medium",
    script: changed((headers, request) => (isPreflight(request) ? { ...headers, Location: "/orders/" } : headers), {
      status: (request) => (isPreflight(request) ? 301 : undefined),
    }),
  },
  {
    name: "a preflight that has to log in",
    code: "preflight-needs-auth",
    severity: "medium",
    script: policed({ status: (request) => (isPreflight(request) ? 401 : undefined) }),
  },
  {
    name: "a preflight that leads to a login page",
    code: "preflight-needs-auth",
    severity: "medium",
    script: changed(
      (headers, request) => (isPreflight(request) ? { ...headers, Location: "/login?next=/orders" } : headers),
      { status: (request) => (isPreflight(request) ? 302 : undefined) },
    ),
  },
  {
    name: "a GET without the headers",
    code: "preflight-actual-mismatch",
    severity: "medium",
    script: changed((headers, request) =>
      isPreflight(request) ? headers : { ...headers, "Access-Control-Allow-Origin": undefined },
    ),
  },
  {
    name: "credentials in the preflight only",
    code: "preflight-actual-mismatch",
    severity: "medium",
    script: changed(onPreflight({ "Access-Control-Allow-Credentials": "true" })),
  },
  {
    name: "a private network for foreign pages",
    code: "legacy-private-network",
    severity: "low",
    script: changed((headers, request) =>
      isPreflight(request) ? { ...headers, "Access-Control-Allow-Private-Network": "true" } : headers,
    ),
  },
];
