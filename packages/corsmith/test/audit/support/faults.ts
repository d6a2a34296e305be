import type { Severity } from "@corsmith/cors";
import type { MisconfigurationCode } from "../../../src/misconfigurations/catalogue.ts";
import { always, type Script } from "../../check/support/scripted-api.ts";
import { type Police, policed, trusted } from "./policed-api.ts";

/** A server with one fault, and what it is to be found by. */
export interface Fault {
  readonly name: string;
  readonly code: MisconfigurationCode;
  readonly severity: Severity;
  readonly script: Script;
  /** What else such a server shows; everything else must stay silent. */
  readonly beside?: readonly MisconfigurationCode[];
  /** What has the same cause, some of it. */
  readonly sameCause?: readonly MisconfigurationCode[];
  /** Asked under this name, which leads to this machine. */
  readonly host?: string;
  readonly tls?: boolean;
  readonly path?: string;
  readonly origins?: readonly string[];
  readonly cookie?: boolean;
  readonly rebinding?: boolean;
}

const lets = (allows: Police["allows"], credentials = false): Script =>
  policed({ credentials, ...(allows && { allows }) });
const everybody: Police["allows"] = () => true;
/** A public API. */
const open = (more: Police["change"] = (headers) => headers): Script =>
  policed({
    allows: everybody,
    change: (headers, request) => more({ ...headers, "Access-Control-Allow-Origin": "*", Vary: undefined }, request),
  });
const changed = (change: Police["change"], credentials = false): Script =>
  policed({ credentials, ...(change && { change }) });

/** Which origins are allowed that should not be. */
export const originFaults: readonly Fault[] = [
  {
    name: "the origin is echoed, with credentials",
    code: "reflect-any-credentials",
    severity: "critical",
    script: lets(everybody, true),
  },
  { name: "the origin is echoed", code: "reflect-any-anonymous", severity: "medium", script: lets(everybody) },
  {
    name: "the origin is echoed on a private network",
    code: "reflect-any-anonymous",
    severity: "high",
    script: lets(everybody),
    host: "orders.internal",
  },
  {
    name: "only preflights are answered, and echo the origin",
    code: "reflect-any-credentials",
    severity: "critical",
    script: (request, response) =>
      request.method === "OPTIONS" ? lets(everybody, true)(request, response) : always(405)(request, response),
    beside: ["error-response-without-cors"],
  },
  {
    name: "* becomes an echo once there is a cookie",
    code: "cookie-triggered-reflection",
    severity: "critical",
    script: policed({
      allows: everybody,
      change: (headers, { headers: { origin, cookie } }) => ({
        ...headers,
        Vary: undefined,
        "Access-Control-Allow-Origin": cookie === undefined ? "*" : origin,
        ...(cookie === undefined ? {} : { "Access-Control-Allow-Credentials": "true" }),
      }),
    }),
  },
  {
    name: "* with credentials",
    code: "wildcard-with-credentials",
    severity: "low",
    script: open((headers) => ({ ...headers, "Access-Control-Allow-Credentials": "true" })),
  },
  {
    name: "* on a private network",
    code: "wildcard-on-sensitive",
    severity: "medium",
    script: open(),
    host: "wiki.internal",
  },
  {
    name: "* on an answer made for one user",
    code: "wildcard-on-sensitive",
    severity: "info",
    script: open((headers) => ({ ...headers, "Cache-Control": "private, max-age=60" })),
  },
  {
    name: "null, with credentials",
    code: "null-credentials",
    severity: "high",
    script: lets((origin) => origin === trusted || origin === "null", true),
  },
  {
    name: "null",
    code: "null-anonymous",
    severity: "low",
    script: lets((origin) => origin === trusted || origin === "null"),
  },
  {
    name: "endsWith without a dot",
    code: "suffix-match",
    severity: "critical",
    script: lets((origin) => origin.endsWith("acme.com"), true),
    sameCause: ["any-subdomain"],
  },
  {
    name: "startsWith",
    code: "prefix-match-nodot",
    severity: "high",
    script: lets((origin) => origin.startsWith(trusted)),
    beside: ["prefix-match-dot"],
    sameCause: ["any-port", "special-char-bypass"],
  },
  {
    name: "a pattern that lets labels follow",
    code: "prefix-match-dot",
    severity: "critical",
    script: lets((origin) => /^https:\/\/app\.acme\.com(?:\.[a-z\d.-]+)?$/.test(origin), true),
    beside: [],
  },
  {
    name: "includes",
    code: "substring-match",
    severity: "critical",
    script: lets((origin) => origin.includes("app.acme.com"), true),
    sameCause: ["prefix-match-dot", "prefix-match-nodot", "any-subdomain"],
  },
  {
    name: "the list's text is searched for the origin",
    code: "reverse-containment",
    severity: "high",
    script: lets((origin) => "https://app.acme.com,https://acme.com".includes(origin)),
  },
  {
    name: "a dot that is any character",
    code: "unescaped-dot",
    severity: "critical",
    script: lets((origin) => /^https:\/\/app.acme\.com$/.test(origin), true),
  },
  {
    name: "an underscore behind the host",
    code: "special-char-bypass",
    severity: "high",
    script: lets(
      (origin) => /^https:\/\/app\.acme\.com(?![a-z\d.:/@-]).*$|^https:\/\/app\.acme\.com$/.test(origin),
      true,
    ),
  },
  {
    name: "every subdomain, with credentials",
    code: "any-subdomain",
    severity: "medium",
    script: lets((origin) => /^https:\/\/[a-z\d.-]+\.acme\.com$/.test(origin), true),
  },
  {
    name: "every subdomain",
    code: "any-subdomain",
    severity: "info",
    script: lets((origin) => /^https:\/\/[a-z\d.-]+\.acme\.com$/.test(origin)),
  },
  {
    name: "every customer of a host",
    code: "public-suffix-wildcard",
    severity: "high",
    script: lets((origin) => origin === trusted || /^https:\/\/[a-z\d-]+\.github\.io$/.test(origin)),
  },
  {
    name: "a site where anybody publishes",
    code: "shared-hosting-trust",
    severity: "high",
    script: lets((origin) => origin === trusted || origin === "https://codepen.io", true),
  },
  {
    name: "plain http",
    code: "insecure-scheme",
    severity: "high",
    script: lets((origin) => /^https?:\/\/app\.acme\.com$/.test(origin), true),
    tls: true,
  },
  {
    name: "localhost in production, with credentials",
    code: "localhost-in-production",
    severity: "medium",
    script: lets((origin) => origin === trusted || origin === "http://localhost:3000", true),
    host: "api.acme.com",
  },
  {
    name: "localhost in production",
    code: "localhost-in-production",
    severity: "low",
    script: lets((origin) => origin === trusted || origin === "http://localhost:3000"),
    host: "api.acme.com",
  },
  {
    name: "startsWith for localhost",
    code: "localhost-prefix",
    severity: "critical",
    script: lets((origin) => origin === trusted || /^https?:\/\/localhost/.test(origin), true),
  },
  {
    name: "private addresses",
    code: "private-address-trust",
    severity: "low",
    script: lets((origin) => origin === trusted || origin.startsWith("http://192.168.")),
  },
  {
    name: "any port",
    code: "any-port",
    severity: "low",
    script: lets((origin) => /^https:\/\/app\.acme\.com(?::[1-9]\d{4})?$/.test(origin)),
  },
  {
    name: "capitals",
    code: "case-insensitive",
    severity: "info",
    script: lets((origin) => origin.toLowerCase() === trusted),
  },
  {
    name: "a slash at the end",
    code: "malformed-origin-accepted",
    severity: "info",
    script: lets((origin) => /^https:\/\/app\.acme\.com\/?$/.test(origin)),
  },
  {
    name: "a dot at the end",
    code: "malformed-origin-accepted",
    severity: "low",
    script: lets((origin) => /^https:\/\/app\.acme\.com\.?$/.test(origin)),
  },
  {
    name: "every extension",
    code: "foreign-scheme-trust",
    severity: "medium",
    script: lets((origin) => origin === trusted || origin.startsWith("chrome-extension://")),
  },
  {
    name: "X-Origin is taken for Origin",
    code: "acao-from-other-input",
    severity: "high",
    script: changed((headers, { headers: { "x-origin": other } }) =>
      other === undefined ? headers : { ...headers, "Access-Control-Allow-Origin": String(other) },
    ),
  },
  {
    name: "the query names the page",
    code: "acao-from-other-input",
    severity: "high",
    script: changed((headers, { url = "" }) => {
      const named = new URL(url, "http://x").searchParams.get("origin");
      return named === null ? headers : { ...headers, "Access-Control-Allow-Origin": named };
    }),
  },
  {
    name: "of two origins, the first is tested and both are allowed",
    code: "duplicate-origin-header",
    severity: "low",
    script: changed((headers, { rawHeaders }) => {
      const origins = rawHeaders.filter((_, at) => rawHeaders[at - 1] === "Origin");
      return origins.length > 1 ? { ...headers, "Access-Control-Allow-Origin": origins.join(", ") } : headers;
    }),
  },
];
