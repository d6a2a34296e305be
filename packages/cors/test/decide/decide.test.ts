import { describe, expect, it } from "vitest";
import { type Answer, decide, definePolicy, type PolicyInput, type RequestFacts, respond } from "../../src/index.ts";

const app = "https://app.example.com";
const other = "https://other.example.net";

/** The answer as a flat record, names in lower case, `status` and `vary` with them. */
function answerOf(policy: PolicyInput, request: RequestFacts): Record<string, unknown> {
  const decision = decide(definePolicy(policy), request);
  const { status, headers, vary }: Answer = respond(decision);
  const short = headers.map(([name, value]) => [name.toLowerCase().replace("access-control-", ""), value] as const);
  return {
    reason: decision.reason,
    ...(status === undefined ? {} : { status }),
    ...Object.fromEntries(short),
    ...(vary === undefined ? {} : { vary }),
  };
}

const get = (origin?: string | string[]): RequestFacts => ({ method: "GET", origin });
const preflight = (
  origin: string | string[],
  requestMethod: string,
  requestHeaders?: string | string[],
): RequestFacts => ({
  method: "OPTIONS",
  origin,
  requestMethod,
  requestHeaders,
});

const one: PolicyInput = { allowOrigins: [app] };
const withCookies: PolicyInput = { allowOrigins: [app], allowCredentials: true };
const full: PolicyInput = {
  allowOrigins: [app],
  allowCredentials: true,
  allowMethods: ["PUT", "DELETE"],
  allowHeaders: ["Content-Type", "X-A"],
  exposeHeaders: ["X-Request-Id"],
  maxAge: 600,
};
const varyPreflight = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
const pass = { "allow-origin": app, "allow-credentials": "true" };
const fullLists = { "allow-methods": "PUT, DELETE", "allow-headers": "content-type, x-a", "max-age": "600" };

type Row = readonly [name: string, policy: PolicyInput, request: RequestFacts, answer: Record<string, unknown>];

const rows: readonly Row[] = [
  // Classification
  [
    "S1: OPTIONS with Origin and a requested method is a preflight",
    one,
    preflight(app, "GET"),
    { reason: "allowed", status: 204, "allow-origin": app, vary: varyPreflight },
  ],
  [
    "S2: OPTIONS without a requested method goes to the application, with headers",
    one,
    { method: "OPTIONS", origin: app },
    { reason: "allowed", "allow-origin": app, vary: "Origin" },
  ],
  [
    "S3: OPTIONS with a requested method and no Origin goes to the application",
    one,
    { method: "OPTIONS", requestMethod: "PUT" },
    { reason: "not-cross-origin", vary: "Origin" },
  ],
  [
    "S4: a POST with a requested method is an actual request",
    one,
    { method: "POST", origin: app, requestMethod: "PUT" },
    { reason: "allowed", "allow-origin": app, vary: "Origin" },
  ],
  [
    "S7: options in lower case is another method",
    one,
    { ...preflight(app, "PUT"), method: "options" },
    { reason: "allowed", "allow-origin": app, vary: "Origin" },
  ],
  [
    "S8: a POST from the API's own page is not hostile",
    one,
    { method: "POST", origin: "https://api.example.com", host: "api.example.com" },
    { reason: "not-cross-origin", vary: "Origin" },
  ],
  [
    "S8: a POST that the browser calls same-origin is not hostile",
    one,
    { method: "POST", origin: "null", fetchSite: "same-origin" },
    { reason: "not-cross-origin", vary: "Origin" },
  ],
  // Origins
  ["S15: two Origin lines never match", one, get([app, app]), { reason: "malformed", vary: "Origin" }],
  ["S15: two origins in one line never match", one, get(`${app}, ${app}`), { reason: "malformed", vary: "Origin" }],
  ["S16: an empty Origin never matches", one, get(""), { reason: "malformed", vary: "Origin" }],
  [
    "S16: a preflight with an empty Origin is refused",
    one,
    preflight("", "GET"),
    { reason: "malformed", status: 403, vary: varyPreflight },
  ],
  ["S17: null does not match", one, get("null"), { reason: "origin-refused", vary: "Origin" }],
  [
    "S17: null matches by its own switch",
    { ...one, dangerously: { allowNullOrigin: true } },
    get("null"),
    { reason: "allowed", "allow-origin": "null", vary: "Origin" },
  ],
  [
    "one Origin line in a list is one line",
    one,
    get([app]),
    { reason: "allowed", "allow-origin": app, vary: "Origin" },
  ],
  // Allow-Origin and Allow-Credentials
  [
    "S30: an allowed origin is answered with itself, once",
    one,
    get(app),
    { reason: "allowed", "allow-origin": app, vary: "Origin" },
  ],
  [
    "S30: an origin under a pattern is answered with itself, not with the pattern",
    { allowOrigins: "https://*.example.com" },
    get(app),
    { reason: "allowed", "allow-origin": app, vary: "Origin" },
  ],
  [
    "S31: any origin is answered with a literal *",
    { allowOrigins: "*" },
    get(other),
    { reason: "allowed", "allow-origin": "*" },
  ],
  [
    "S31: any origin answers null with a literal *",
    { allowOrigins: "*" },
    get("null"),
    { reason: "allowed", "allow-origin": "*" },
  ],
  ["S34: a refused origin gets Vary alone", full, get(other), { reason: "origin-refused", vary: "Origin" }],
  [
    "S34: a refused origin's preflight gets Vary alone",
    full,
    preflight(other, "PUT", "x-a"),
    { reason: "origin-refused", status: 403, vary: varyPreflight },
  ],
  [
    "S35: credentials are said by true or not at all",
    one,
    get(app),
    { reason: "allowed", "allow-origin": app, vary: "Origin" },
  ],
  [
    "S36: credentials are said on actual answers",
    withCookies,
    get(app),
    { reason: "allowed", ...pass, vary: "Origin" },
  ],
  [
    "S36: credentials are said on preflights",
    withCookies,
    preflight(app, "GET"),
    { reason: "allowed", status: 204, ...pass, vary: varyPreflight },
  ],
  ["S39: no Origin is never answered with an empty one", one, get(), { reason: "not-cross-origin", vary: "Origin" }],
  [
    "S40: the method of an actual request is not compared with the list",
    one,
    { method: "PATCH", origin: app },
    { reason: "allowed", "allow-origin": app, vary: "Origin" },
  ],
  [
    "S41: any origin is said without an Origin too, and without Vary",
    { allowOrigins: "*" },
    get(),
    { reason: "not-cross-origin", "allow-origin": "*" },
  ],
  ["S42: one static origin is conditional, with Vary", one, get(), { reason: "not-cross-origin", vary: "Origin" }],
  // Vary
  [
    "S43: a conditional policy varies for allowed, refused and absent origins",
    full,
    get(app),
    { reason: "allowed", ...pass, "expose-headers": "x-request-id", vary: "Origin" },
  ],
  [
    "S47: a preflight varies on all three request headers",
    full,
    preflight(app, "PUT", "x-a"),
    { reason: "allowed", status: 204, ...pass, ...fullLists, vary: varyPreflight },
  ],
  [
    "S47: any origin's preflight says the same to all, and does not vary",
    { allowOrigins: "*", allowMethods: ["PUT"] },
    preflight(app, "PUT"),
    { reason: "allowed", status: 204, "allow-origin": "*", "allow-methods": "PUT" },
  ],
  // Methods
  [
    "S50: a method is compared byte for byte",
    { ...one, allowMethods: ["PATCH"] },
    preflight(app, "patch"),
    { reason: "method-refused", status: 204, "allow-origin": app, "allow-methods": "PATCH", vary: varyPreflight },
  ],
  [
    "S51: delete in the policy allows DELETE",
    { ...one, allowMethods: ["delete"] },
    preflight(app, "DELETE"),
    { reason: "allowed", status: 204, "allow-origin": app, "allow-methods": "DELETE", vary: varyPreflight },
  ],
  [
    "S52: GET passes without being listed",
    full,
    preflight(app, "GET"),
    { reason: "allowed", status: 204, ...pass, ...fullLists, vary: varyPreflight },
  ],
  [
    "S52: HEAD passes without being listed",
    one,
    preflight(app, "HEAD"),
    { reason: "allowed", status: 204, "allow-origin": app, vary: varyPreflight },
  ],
  [
    "S52: POST passes without being listed",
    one,
    preflight(app, "POST"),
    { reason: "allowed", status: 204, "allow-origin": app, vary: varyPreflight },
  ],
  [
    "S53: a safelisted method without headers passes for an allowed origin",
    withCookies,
    preflight(app, "POST"),
    { reason: "allowed", status: 204, ...pass, vary: varyPreflight },
  ],
  [
    "S55: any method with credentials is answered with the one that was asked",
    { ...withCookies, allowMethods: "*" },
    preflight(app, "PURGE"),
    { reason: "allowed", status: 204, ...pass, "allow-methods": "PURGE", vary: varyPreflight },
  ],
  [
    "S55: any method without credentials is answered with *",
    { ...one, allowMethods: ["*", "PUT"] },
    preflight(app, "PURGE"),
    { reason: "allowed", status: 204, "allow-origin": app, "allow-methods": "*", vary: varyPreflight },
  ],
  [
    "S56: a requested method that is no token is refused",
    { ...withCookies, allowMethods: "*" },
    preflight(app, "PU T"),
    { reason: "malformed", status: 204, ...pass, vary: varyPreflight },
  ],
  [
    "S56: an empty requested method is refused",
    { ...one, allowMethods: "*" },
    preflight(app, ""),
    { reason: "malformed", status: 204, "allow-origin": app, "allow-methods": "*", vary: varyPreflight },
  ],
  [
    "S57: a passing preflight lists all that is allowed, so that later ones hit the cache",
    full,
    preflight(app, "POST", "x-a"),
    { reason: "allowed", status: 204, ...pass, ...fullLists, vary: varyPreflight },
  ],
  [
    "S58: a refused method of an allowed origin is told what is allowed",
    full,
    preflight(app, "PATCH"),
    { reason: "method-refused", status: 204, ...pass, ...fullLists, vary: varyPreflight },
  ],
  [
    "S58: a refused header of an allowed origin is told what is allowed",
    full,
    preflight(app, "PUT", "x-z"),
    { reason: "headers-refused", status: 204, ...pass, ...fullLists, vary: varyPreflight },
  ],
  // Headers
  [
    "S59: requested headers are a list with spaces and empty members",
    full,
    preflight(app, "PUT", " x-a ,,\tcontent-type"),
    { reason: "allowed", status: 204, ...pass, ...fullLists, vary: varyPreflight },
  ],
  [
    "S59: requested headers in several lines are one list",
    full,
    preflight(app, "PUT", ["x-a", "content-type"]),
    { reason: "allowed", status: 204, ...pass, ...fullLists, vary: varyPreflight },
  ],
  [
    "S60: requested headers are compared without case, in any order",
    full,
    preflight(app, "PUT", "X-A,Content-Type,x-a"),
    { reason: "allowed", status: 204, ...pass, ...fullLists, vary: varyPreflight },
  ],
  [
    "S62: requested headers over the caps are refused",
    full,
    preflight(app, "PUT", "a,".repeat(300)),
    { reason: "malformed", status: 204, ...pass, ...fullLists, "allow-headers": undefined, vary: varyPreflight },
  ],
  [
    "S62: requested headers over the caps are refused where any header is allowed, too",
    { ...one, allowHeaders: "*" },
    preflight(app, "GET", "a,".repeat(300)),
    { reason: "malformed", status: 204, "allow-origin": app, vary: varyPreflight },
  ],
  [
    "S63: any header does not cover authorization",
    { ...one, allowHeaders: "*" },
    preflight(app, "GET", "authorization,x-a"),
    { reason: "headers-refused", status: 204, "allow-origin": app, "allow-headers": "x-a", vary: varyPreflight },
  ],
  [
    "S63: any header and authorization by name cover it",
    { ...one, allowHeaders: ["*", "Authorization"] },
    preflight(app, "GET", "authorization,x-a"),
    { reason: "allowed", status: 204, "allow-origin": app, "allow-headers": "*, authorization", vary: varyPreflight },
  ],
  [
    "S63: any header is a literal * where authorization is not asked for",
    { ...one, allowHeaders: "*" },
    preflight(app, "GET", "x-a"),
    { reason: "allowed", status: 204, "allow-origin": app, "allow-headers": "*", vary: varyPreflight },
  ],
  [
    "S63: any header for any origin varies on what is asked, and on nothing else",
    { allowOrigins: "*", allowHeaders: "*" },
    preflight(app, "GET", "authorization"),
    { reason: "headers-refused", status: 204, "allow-origin": "*", vary: "Access-Control-Request-Headers" },
  ],
  [
    "S64: any header with credentials is answered with the names that were asked",
    { ...withCookies, allowHeaders: "*" },
    preflight(app, "GET", "X-B, x-a,x-b"),
    { reason: "allowed", status: 204, ...pass, "allow-headers": "x-b, x-a", vary: varyPreflight },
  ],
  [
    "S64: any header with credentials does not cover authorization",
    { ...withCookies, allowHeaders: "*" },
    preflight(app, "GET", "x-a,authorization"),
    { reason: "headers-refused", status: 204, ...pass, "allow-headers": "x-a", vary: varyPreflight },
  ],
  [
    "S64: a header that is itself called * is not written out, where it would mean any",
    { ...one, allowHeaders: "*" },
    preflight(app, "GET", "*,authorization,x-a"),
    { reason: "headers-refused", status: 204, "allow-origin": app, "allow-headers": "x-a", vary: varyPreflight },
  ],
  [
    "S64: a header that is itself called * is not written out with credentials",
    { ...withCookies, allowHeaders: "*" },
    preflight(app, "GET", "*,x-a"),
    { reason: "headers-refused", status: 204, ...pass, "allow-headers": "x-a", vary: varyPreflight },
  ],
  [
    "S63: a header that is itself called * is one of any",
    { ...one, allowHeaders: "*" },
    preflight(app, "GET", "*"),
    { reason: "allowed", status: 204, "allow-origin": app, "allow-headers": "*", vary: varyPreflight },
  ],
  [
    "S65: an empty list of headers means none",
    { ...one, allowHeaders: [] },
    preflight(app, "GET", "x-a"),
    { reason: "headers-refused", status: 204, "allow-origin": app, vary: varyPreflight },
  ],
  [
    "S67: a name that is no token is refused and never echoed",
    { ...withCookies, allowHeaders: "*" },
    preflight(app, "GET", "x-a, x b"),
    { reason: "malformed", status: 204, ...pass, vary: varyPreflight },
  ],
  [
    "S68: what is echoed is our own lower-case copy",
    { ...withCookies, allowHeaders: "*" },
    preflight(app, "GET", "\tX-A"),
    { reason: "allowed", status: 204, ...pass, "allow-headers": "x-a", vary: varyPreflight },
  ],
  [
    "S69: a safelisted header over its limit is asked for, and must be named",
    { ...one, allowHeaders: ["accept"] },
    preflight(app, "GET", "accept"),
    { reason: "allowed", status: 204, "allow-origin": app, "allow-headers": "accept", vary: varyPreflight },
  ],
  // Max-Age, Expose-Headers, status
  [
    "S70: an absent maxAge says nothing",
    withCookies,
    preflight(app, "GET"),
    { reason: "allowed", status: 204, ...pass, vary: varyPreflight },
  ],
  [
    "S70: a maxAge of 0 is said",
    { ...one, maxAge: 0 },
    preflight(app, "GET"),
    { reason: "allowed", status: 204, "allow-origin": app, "max-age": "0", vary: varyPreflight },
  ],
  [
    "S72: the lists and the age stand on preflights only, what is exposed on actual answers only",
    full,
    { method: "PUT", origin: app },
    { reason: "allowed", ...pass, "expose-headers": "x-request-id", vary: "Origin" },
  ],
  [
    "S73: safelisted response headers are not listed",
    { ...one, exposeHeaders: ["Content-Type", "X-A"] },
    get(app),
    { reason: "allowed", "allow-origin": app, "expose-headers": "x-a", vary: "Origin" },
  ],
  [
    "S74: what is exposed never comes from the request",
    { ...one, exposeHeaders: [] },
    get(app),
    { reason: "allowed", "allow-origin": app, vary: "Origin" },
  ],
  [
    "S75: 200 can be chosen for old clients",
    { ...one, preflightStatus: 200 },
    preflight(app, "GET"),
    { reason: "allowed", status: 200, "allow-origin": app, vary: varyPreflight },
  ],
  [
    "S76: a refused origin's preflight is 403 also where 200 was chosen",
    { ...one, preflightStatus: 200 },
    preflight(other, "GET"),
    { reason: "origin-refused", status: 403, vary: varyPreflight },
  ],
];

describe("decide and respond", () => {
  it.each(rows)("%s", (_, policy, request, answer) => {
    expect(answerOf(policy, request)).toEqual(answer);
  });

  it("S24: an origin that only a lookup knows fails closed where no lookup was made", () => {
    const policy = definePolicy({ originLookup: { find: () => true } });
    expect(decide(policy, get(app)).reason).toBe("origin-lookup-failed");
    expect(decide(policy, { ...get(app), lookup: "allowed" }).allowOrigin).toBe(app);
    expect(decide(policy, { ...get(app), lookup: "refused" }).reason).toBe("origin-refused");
    expect(decide(policy, { ...get(app), lookup: "failed" }).allowOrigin).toBeUndefined();
  });

  it("S37: nothing of a request that Vary does not name can be told to it", () => {
    const facts: Record<keyof RequestFacts, true> = {
      method: true,
      origin: true,
      requestMethod: true,
      requestHeaders: true,
      host: true,
      fetchSite: true,
      upgrade: true,
      lookup: true,
    };
    expect(Object.keys(facts)).not.toContain("cookie");
    const policy = definePolicy({ allowOrigins: "*" });
    const cookies = { method: "GET", origin: app, headers: { cookie: "a=b", authorization: "x" } };
    expect(decide(policy, cookies)).toEqual(decide(policy, get(app)));
  });

  it("S66: a refused header is named, in lower case and once", () => {
    const decision = decide(definePolicy(full), preflight(app, "PUT", "X-Z, x-a, x-y, x-z"));
    expect(decision).toMatchObject({ reason: "headers-refused", names: ["x-z", "x-y"] });
  });

  it("a refused method is named", () => {
    expect(decide(definePolicy(full), preflight(app, "PATCH"))).toMatchObject({
      reason: "method-refused",
      method: "PATCH",
    });
  });

  it.each([
    ["the origin", get("x y"), "origin"],
    ["the method", preflight(app, "x y"), "access-control-request-method"],
    ["the headers", preflight(app, "GET", "x y"), "access-control-request-headers"],
  ])("a malformed request names %s", (_, request, field) => {
    expect(decide(definePolicy(full), request)).toMatchObject({ reason: "malformed", field });
  });
});

describe("cross-origin protection", () => {
  const guarded: PolicyInput = { ...withCookies, crossOriginProtection: true };
  const host = "api.example.com";
  it.each<readonly [string, RequestFacts, 403 | undefined]>([
    ["a POST from an origin that is not allowed", { method: "POST", origin: other, host }, 403],
    ["a cross-site POST that hides its origin", { method: "POST", fetchSite: "cross-site", host }, 403],
    [
      "a same-site POST from an origin that is not allowed",
      { method: "DELETE", origin: "https://x.example.com", fetchSite: "same-site", host },
      403,
    ],
    ["a POST from the null origin", { method: "POST", origin: "null", fetchSite: "cross-site", host }, 403],
    ["a POST from no origin at all", { method: "POST", origin: "x y", host }, 403],
    [
      "a WebSocket upgrade from an origin that is not allowed",
      { method: "GET", origin: other, upgrade: true, host },
      403,
    ],
    ["a POST from an allowed origin", { method: "POST", origin: app, fetchSite: "cross-site", host }, undefined],
    ["a GET from an origin that is not allowed", { method: "GET", origin: other, host }, undefined],
    ["a POST from the API's own page", { method: "POST", origin: `https://${host}`, host }, undefined],
    [
      "a POST that the browser calls same-origin",
      { method: "POST", origin: "null", fetchSite: "same-origin", host },
      undefined,
    ],
    ["a POST that the user made by hand", { method: "POST", fetchSite: "none", host }, undefined],
    ["a POST that no browser sent", { method: "POST", host }, undefined],
    ["a WebSocket upgrade that no browser sent", { method: "GET", upgrade: true, host }, undefined],
    ["a WebSocket upgrade from an allowed origin", { method: "GET", origin: app, upgrade: true, host }, undefined],
  ])("S102: %s", (_, request, status) => {
    expect(decide(definePolicy(guarded), request).status).toBe(status);
    expect(decide(definePolicy(withCookies), request).status).toBeUndefined();
  });
});
