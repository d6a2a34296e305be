import { app, evil, type PolicyName } from "./policies.ts";
import { from, type HeaderLines, preflightFrom, type Row, varyPreflight } from "./row.ts";

/** What the allowed page hears of the policy `page`, whether it may or not: so the browser can name the rule. */
const pageHears = [
  "access-control-allow-credentials: true",
  "access-control-allow-headers: content-type, x-a",
  "access-control-allow-methods: PUT, DELETE",
  `access-control-allow-origin: ${app}`,
  "access-control-max-age: 600",
];

type Preflight = readonly [
  name: string,
  policy: PolicyName,
  headers: HeaderLines,
  status: number,
  cors: readonly string[],
  path?: string,
];

const cases: readonly Preflight[] = [
  ["S5: for a method that is allowed", "page", preflightFrom(app, "PUT"), 204, pageHears],
  ["S5: for a header that is allowed", "page", preflightFrom(app, "PUT", "x-a"), 204, pageHears],
  ["S5: on a path that asks for authentication", "page", preflightFrom(app, "PUT"), 204, pageHears, "/private"],
  ["S5: on a path whose handler throws", "page", preflightFrom(app, "PUT"), 204, pageHears, "/thrown"],
  ["S6: on a path whose OPTIONS is the application's", "page", preflightFrom(app, "PUT"), 204, pageHears, "/mine"],
  ["S81: on a path that no route has", "page", preflightFrom(app, "PUT"), 204, pageHears, "/missing"],
  ["S81: on the root", "page", preflightFrom(app, "PUT"), 204, pageHears, "/"],
  ["S81: on a path with a query", "page", preflightFrom(app, "PUT"), 204, pageHears, "/ok?a=1&b=%2F"],
  ["S81: on a path with two slashes", "page", preflightFrom(app, "PUT"), 204, pageHears, "//ok"],
  ["S53: for a safelisted method", "page", preflightFrom(app, "POST", "content-type"), 204, pageHears],
  ["S52: for GET, which needs no listing", "page", preflightFrom(app, "GET", "x-a"), 204, pageHears],
  [
    "S60: for headers in another case and order, twice",
    "page",
    preflightFrom(app, "PUT", "X-A,CONTENT-TYPE,x-a"),
    204,
    pageHears,
  ],
  [
    "S59: for a list with spaces, tabs and empty members",
    "page",
    preflightFrom(app, "PUT", " , x-a \t,, content-type ,"),
    204,
    pageHears,
  ],
  [
    "S59: for headers in two lines",
    "page",
    [...preflightFrom(app, "PUT", "x-a"), ["Access-Control-Request-Headers", "content-type"]],
    204,
    pageHears,
  ],
  ["S58: for a method that is refused", "page", preflightFrom(app, "PATCH"), 204, pageHears],
  ["S50: for a method in another case", "page", preflightFrom(app, "put"), 204, pageHears],
  ["S66: for a header that is refused", "page", preflightFrom(app, "PUT", "x-b"), 204, pageHears],
  ["S67: for a header that is no token", "page", preflightFrom(app, "PUT", "x-a, (x)"), 204, pageHears],
  ["S56: for a method that is no token", "page", preflightFrom(app, "P(UT"), 204, pageHears],
  ["S76: of a page that is refused", "page", preflightFrom(evil, "PUT"), 403, []],
  ["S76: of a page that is refused, for a safelisted method", "page", preflightFrom(evil, "GET"), 403, []],
  [
    "S76: of a page that is refused, on a path that no route has",
    "page",
    preflightFrom(evil, "PUT"),
    403,
    [],
    "/missing",
  ],
  [
    "S76: of a page that is refused, on a path that asks for authentication",
    "page",
    preflightFrom(evil, "PUT"),
    403,
    [],
    "/private",
  ],
  ["S17: of a sandboxed frame", "page", preflightFrom("null", "PUT"), 403, []],
  ["S14: of something that is no origin", "page", preflightFrom(`${app}/`, "PUT"), 403, []],
  ["S15: with the origin in two lines", "page", [["Origin", app], ...preflightFrom(app, "PUT")], 403, []],
  ["S15: with two origins in one line", "page", preflightFrom(`${app}, ${app}`, "PUT"), 403, []],
  [
    "S37: with a cookie and an Authorization",
    "page",
    [...preflightFrom(app, "PUT"), ["Cookie", "a=1"], ["Authorization", "Basic YQ=="]],
    204,
    pageHears,
  ],
  ["S31: of anybody", "open", preflightFrom(evil, "GET"), 204, ["access-control-allow-origin: *"]],
  [
    "S31: of anybody, for a method that is not allowed",
    "open",
    preflightFrom(evil, "PUT"),
    204,
    ["access-control-allow-origin: *"],
  ],
  [
    "S65: of anybody, for a header where none is allowed",
    "open",
    preflightFrom(evil, "GET", "x-a"),
    204,
    ["access-control-allow-origin: *"],
  ],
  [
    "S31: of a sandboxed frame, where anybody may",
    "open",
    preflightFrom("null", "GET"),
    204,
    ["access-control-allow-origin: *"],
  ],
  [
    "S55: for any method and header",
    "anything",
    preflightFrom(evil, "PURGE", "x-z"),
    204,
    ["access-control-allow-headers: *", "access-control-allow-methods: *", "access-control-allow-origin: *"],
  ],
  [
    "S63: for authorization, which a star does not cover",
    "anything",
    preflightFrom(evil, "PUT", "authorization,x-z"),
    204,
    ["access-control-allow-headers: x-z", "access-control-allow-methods: *", "access-control-allow-origin: *"],
  ],
  [
    "S64: for any method and header, with cookies: they are named",
    "anythingWithCookies",
    preflightFrom(app, "PURGE", "X-Z, x-y"),
    204,
    [
      "access-control-allow-credentials: true",
      "access-control-allow-headers: x-z, x-y",
      "access-control-allow-methods: PURGE",
      `access-control-allow-origin: ${app}`,
    ],
  ],
  [
    "S64: with cookies and no header asked for",
    "anythingWithCookies",
    preflightFrom(app, "PUT"),
    204,
    [
      "access-control-allow-credentials: true",
      "access-control-allow-methods: PUT",
      `access-control-allow-origin: ${app}`,
    ],
  ],
  [
    "S76: of a page that is refused, where any method and header is allowed",
    "anythingWithCookies",
    preflightFrom(evil, "PUT", "x-z"),
    403,
    [],
  ],
  [
    "S12: of a subdomain",
    "several",
    preflightFrom("https://a.b.example.org", "PATCH"),
    204,
    ["access-control-allow-methods: PATCH", "access-control-allow-origin: https://a.b.example.org"],
  ],
  ["S11: of the apex", "several", preflightFrom("https://example.org", "PATCH"), 403, []],
  [
    "S75: for an old client",
    "old",
    preflightFrom(app, "GET"),
    200,
    [`access-control-allow-origin: ${app}`, "access-control-max-age: 0"],
  ],
  ["S76: of a page that is refused, at a server for old clients", "old", preflightFrom(evil, "GET"), 403, []],
  [
    "S24: of an origin that the database knows",
    "tenants",
    preflightFrom("https://tenant.example", "GET"),
    204,
    ["access-control-allow-origin: https://tenant.example"],
  ],
  ["S24: of an origin that the database does not know", "tenants", preflightFrom(evil, "GET"), 403, []],
  ["S24: while the database is down", "tenants", preflightFrom("https://broken.example", "GET"), 403, []],
  [
    "S17: of a sandboxed frame that is allowed by name",
    "sandbox",
    preflightFrom("null", "GET"),
    204,
    ["access-control-allow-origin: null"],
  ],
  [
    "S104: that asks for a private network",
    "page",
    [...preflightFrom(app, "PUT"), ["Access-Control-Request-Private-Network", "true"]],
    204,
    pageHears,
  ],
];

const ofOpen = new Set<PolicyName>(["open"]);

export const preflights: readonly Row[] = cases.map(([name, policy, headers, status, cors, path = "/ok"]) => ({
  name: `${name.slice(0, name.indexOf(":"))}: a preflight ${name.slice(name.indexOf(":") + 2)}`,
  policy,
  mount: "everywhere",
  ask: { method: "OPTIONS", path, headers },
  status,
  cors,
  vary: ofOpen.has(policy) ? [] : policy === "anything" ? ["access-control-request-headers"] : varyPreflight,
}));

/** What looks like a preflight and is none: the application answers. */
export const notPreflights: readonly Row[] = (
  [
    [
      "S3: OPTIONS with a requested method and no Origin",
      "OPTIONS",
      "/mine",
      [["Access-Control-Request-Method", "PUT"]],
      [],
    ],
    [
      "S2: OPTIONS with requested headers and no requested method",
      "OPTIONS",
      "/mine",
      from(app, ["Access-Control-Request-Headers", "x-a"]),
      ["allowed"],
    ],
    ["S4: GET with a requested method", "GET", "/ok", from(app, ["Access-Control-Request-Method", "PUT"]), ["allowed"]],
    [
      "S4: POST with a requested method, of a page that is refused",
      "POST",
      "/ok",
      from(evil, ["Access-Control-Request-Method", "PUT"]),
      [],
    ],
  ] as const
).map(([name, method, path, headers, allowed]) => ({
  name,
  policy: "page",
  mount: "everywhere",
  ask: { method, path, headers },
  status: 200,
  cors:
    allowed.length === 0
      ? []
      : [
          "access-control-allow-credentials: true",
          `access-control-allow-origin: ${app}`,
          "access-control-expose-headers: x-request-id",
        ],
  vary: ["origin"],
}));
