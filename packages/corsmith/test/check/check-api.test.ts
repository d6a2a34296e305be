import { hidden } from "@corsmith/cors/browser";
import { describe, expect, test } from "vitest";
import { checkApi } from "../../src/check/check-api.ts";
import type { CheckReport } from "../../src/check/check-report.ts";
import type { CheckOptions, CheckRequest } from "../../src/check/check-request.ts";
import { always, preflightAnd, type Script, ScriptedApi } from "./support/scripted-api.ts";

const origin = "https://app.acme.io";
const allowed = { "Access-Control-Allow-Origin": origin, Vary: "Origin" };
const put = { method: "PUT" };
const json = { method: "POST", headers: [["content-type", "application/json"]] } as const;

async function check(
  script: Script,
  request: Partial<CheckRequest> = {},
  options: CheckOptions = {},
): Promise<CheckReport> {
  await using api = await ScriptedApi.start(script);
  return await checkApi(
    { url: `${api.url}/orders`, origin, method: "GET", headers: [], credentials: false, ...request },
    options,
  );
}

interface Blocked {
  readonly name: string;
  readonly script: Script;
  readonly request?: Partial<CheckRequest>;
  /** What a newcomer reads first. */
  readonly says: RegExp;
  /** The browser's own code. */
  readonly code: string;
  /** What was found behind it, if that is another one. */
  readonly cause?: string;
  readonly who?: "server" | "client" | "proxy";
  /** Codes of what would fail next. */
  readonly next?: readonly string[];
}

const blocked: readonly Blocked[] = [
  {
    name: "a slash behind the allowed origin",
    script: always(200, { "Access-Control-Allow-Origin": `${origin}/` }),
    says: /Allow-Origin is "https:\/\/app\.acme\.io\/", with a trailing slash/,
    code: "allow-origin-mismatch",
  },
  {
    name: "the header twice",
    script: always(200, ["Access-Control-Allow-Origin", origin, "Access-Control-Allow-Origin", "*"]),
    says: /Allow-Origin is sent twice/,
    code: "multiple-allow-origin-values",
    who: "proxy",
  },
  {
    name: "a list in one line",
    script: always(200, { "Access-Control-Allow-Origin": `${origin}, https://other.example` }),
    says: /holds a list/,
    code: "multiple-allow-origin-values",
  },
  {
    name: "* with credentials",
    script: always(200, { "Access-Control-Allow-Origin": "*" }),
    request: { credentials: true },
    says: /Allow-Origin is \*, and \* does not count when credentials are included/,
    code: "wildcard-origin-with-credentials",
    next: ["allow-credentials-not-true"],
  },
  {
    name: "Allow-Credentials in capitals",
    script: always(200, { ...allowed, "Access-Control-Allow-Credentials": "True" }),
    request: { credentials: true },
    says: /Allow-Credentials is "True" and must be "true"/,
    code: "allow-credentials-not-true",
  },
  {
    name: "the other scheme",
    script: always(200, { "Access-Control-Allow-Origin": "http://app.acme.io" }),
    says: /the page is https:, not http:/,
    code: "allow-origin-mismatch",
  },
  {
    name: "the host alone",
    script: always(200, { "Access-Control-Allow-Origin": "app.acme.io" }),
    says: /without https:\/\//,
    code: "invalid-allow-origin-value",
  },
  {
    name: "another page",
    script: always(200, { "Access-Control-Allow-Origin": "https://else.example" }),
    says: /names another origin/,
    code: "allow-origin-mismatch",
  },
  {
    name: "no header, from a server that has a policy",
    script: always(200, { Vary: "Origin" }),
    says: /the response \(200 OK\) has no Access-Control-Allow-Origin/,
    code: "missing-allow-origin",
    cause: "origin-not-in-allowlist",
  },
  {
    name: "a preflight that wants a login",
    script: preflightAnd(always(401, { "WWW-Authenticate": "Bearer" }), always(401, allowed)),
    request: put,
    says: /preflight is answered with 401 Unauthorized, probably because authentication runs before CORS/,
    code: "preflight-missing-allow-origin",
    cause: "preflight-unauthorized",
    next: ["preflight-status-not-ok", "method-not-allowed"],
  },
  {
    name: "a preflight that is redirected to a slash",
    script: (request, response) =>
      (request.url === "/orders"
        ? always(301, { Location: "/orders/" })
        : always(200, { ...allowed, "Access-Control-Allow-Methods": "PUT" }))(request, response),
    request: put,
    says: /preflight is redirected \(301 to the same path with a slash at its end\), and no browser follows that/,
    code: "preflight-missing-allow-origin",
    cause: "preflight-redirect-trailing-slash",
    who: "client",
    next: [],
  },
  {
    name: "a preflight that is redirected to a login page",
    script: always(302, { Location: "https://accounts.example/login" }),
    request: put,
    says: /preflight is redirected \(302 to a login page, https:\/\/accounts\.example\/login\)/,
    code: "preflight-missing-allow-origin",
    cause: "preflight-redirect-login",
  },
  {
    name: "a route without OPTIONS",
    script: preflightAnd(always(404), always(200, allowed)),
    request: put,
    says: /preflight is answered with 404 Not Found, because nothing answers OPTIONS/,
    code: "preflight-missing-allow-origin",
    cause: "preflight-no-options-handler",
    next: ["preflight-status-not-ok", "method-not-allowed"],
  },
  {
    name: "a preflight that the policy refuses in words",
    script: preflightAnd(always(400, { "Content-Type": "text/plain" }, "Disallowed CORS origin"), always(200)),
    request: put,
    says: /preflight is answered with 400 Bad Request: the server's CORS policy refuses the origin/,
    code: "preflight-missing-allow-origin",
    cause: "preflight-refused-by-policy",
  },
  {
    name: "a method that is not named",
    script: always(204, { ...allowed, "Access-Control-Allow-Methods": "PUT" }),
    request: { method: "DELETE" },
    says: /the method DELETE is not in Access-Control-Allow-Methods/,
    code: "method-not-allowed",
  },
  {
    name: "patch in lower case",
    script: always(204, { ...allowed, "Access-Control-Allow-Methods": "PATCH" }),
    request: { method: "patch" },
    says: /writes the method patch/,
    code: "method-case-mismatch",
    who: "client",
  },
  {
    name: "headers that are not named, all of them at once",
    script: always(204, { ...allowed, "Access-Control-Allow-Headers": "content-type" }),
    request: {
      headers: [
        ["x-api-key", "1"],
        ["x-trace", "2"],
        ["content-type", "application/json"],
      ],
    },
    says: /request headers x-api-key, x-trace are not in Access-Control-Allow-Headers/,
    code: "header-not-allowed",
  },
  {
    name: "a method and a header, one after the other",
    script: always(204, allowed),
    request: { method: "PUT", headers: [["x-a", "1"]] },
    says: /the method PUT/,
    code: "method-not-allowed",
    next: ["header-not-allowed"],
  },
  {
    name: "a redirect to a login page that has no CORS",
    script: (request, response) =>
      (request.url === "/orders" ? always(302, { ...allowed, Location: "/login?next=/orders" }) : always(200))(
        request,
        response,
      ),
    says: /redirects to a login page, \/login: it sees no session/,
    code: "missing-allow-origin",
    cause: "redirect-to-login",
  },
  {
    name: "a crash whose answer has no headers",
    script: always(500),
    says: /the response is 500 Internal Server Error, and such responses come without/,
    code: "missing-allow-origin",
    cause: "error-response-without-cors",
  },
  {
    name: "a body that is too large",
    script: always(413, { Server: "nginx" }),
    says: /the response is 413/,
    code: "missing-allow-origin",
    cause: "body-too-large-413",
    who: "proxy",
  },
  {
    name: "a rate limiter",
    script: always(429),
    says: /the response is 429/,
    code: "missing-allow-origin",
    cause: "rate-limited-429",
  },
  {
    name: "a simple POST whose GET is not readable",
    script: always(200),
    request: { method: "POST", headers: [["content-type", "text/plain"]] },
    says: /the response \(200 OK\) has no/,
    code: "missing-allow-origin",
  },
];

describe("a request that is blocked", () => {
  test.each(blocked)("$name", async ({ script, request, says, code, cause, who, next }) => {
    const report = await check(script, request);
    expect(report.verdict).toBe("blocked");
    expect(report.headline).toMatch(says);
    expect(report.failure?.code).toBe(code);
    expect(report.diagnosis?.code).toBe(cause ?? code);
    if (who !== undefined) expect(report.fixes[0]?.who).toBe(who);
    if (next !== undefined) expect(report.next.map((failure) => failure.code)).toEqual(next);
    if (next !== undefined) expect(report.passesThen).toBe(true);
    expect(report.fixes.length).toBeGreaterThan(0);
    expect(report.steps.filter((step) => step.code !== undefined)).toEqual([report.steps.at(-1)]);
    expect(report.steps.at(-1)?.code).toBe(code);
    expect(report.steps.filter(({ result }) => result === "failed" || result === "unknown").length).toBeGreaterThan(0);
  });

  test("shows where two origins part", async () => {
    const { diagnosis } = await check(always(200, { "Access-Control-Allow-Origin": `${origin}/` }));
    expect(diagnosis?.comparison).toEqual({
      what: "Access-Control-Allow-Origin",
      found: `${origin}/`,
      expected: origin,
      firstDifference: origin.length,
    });
  });

  test("tells authentication before CORS for certain where it has a token to try", async () => {
    const guarded: Script = (request, response) =>
      always(request.headers.authorization === undefined ? 401 : 204)(request, response);
    const report = await check(guarded, { ...put, headers: [["authorization", "Bearer hush-hush"]] });
    expect(report.diagnosis).toMatchObject({ code: "preflight-unauthorized", likely: { confidence: "certain" } });
    expect(JSON.stringify(report)).not.toContain("hush");
  });

  test("is told so for mixed content before anything is sent", async () => {
    const report = await checkApi({
      url: "http://api.acme.io/",
      origin,
      method: "GET",
      headers: [],
      credentials: false,
    });
    expect(report).toMatchObject({
      verdict: "blocked",
      basis: "nothing",
      sent: [],
      failure: { code: "mixed-content", at: "nothing" },
    });
  });
});

describe("a request that is allowed", () => {
  test.for([
    ["a simple GET", always(200, allowed), {}, /can read the response, 200/, "answer"],
    ["an error with headers", always(404, allowed), {}, /404 \(an error of the API, not of CORS\)/, "answer"],
    ["the page's own origin", always(200), { origin: "own" }, /its own origin/, "answer"],
    [
      "a PUT, by its preflight alone",
      always(200, { ...allowed, "Access-Control-Allow-Methods": "PUT" }),
      put,
      /the preflight permits PUT\. The PUT itself was not sent/,
      "preflight",
    ],
    [
      "a simple POST, by a GET in its place",
      always(200, allowed),
      { method: "POST" },
      /needs no preflight and was not sent/,
      "safe-probe",
    ],
    [
      "a no-cors request, that sees nothing",
      always(200),
      { mode: "no-cors" },
      /sees nothing of the response/,
      "answer",
    ],
  ] as const)("%s", async ([, script, request, says, basis]) => {
    await using api = await ScriptedApi.start(script);
    const own = "origin" in request ? { origin: api.url } : {};
    const report = await checkApi({
      url: `${api.url}/orders`,
      origin,
      method: "GET",
      headers: [],
      credentials: false,
      ...request,
      ...own,
    });
    expect(report).toMatchObject({ verdict: "allowed", basis, next: [], passesThen: true });
    expect(report.headline).toMatch(says);
    expect(report.failure).toBeUndefined();
  });
});

describe("a preflight that permits", () => {
  test("is enough where the GET in the request's place gets no answer", async () => {
    const permits = always(204, { ...allowed, "Access-Control-Allow-Methods": "PUT" });
    const report = await check(
      preflightAnd(permits, (request) => request.socket.destroy()),
      put,
    );
    expect(report).toMatchObject({ verdict: "allowed", basis: "preflight" });
    expect(report.headline).toMatch(/perhaps not readable/);
  });
});

describe("where engines differ", () => {
  const star = always(204, { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" });
  const request: Partial<CheckRequest> = { headers: [["authorization", "Bearer x"]] };

  test("browsers decide, and the standard's dissent is a warning", async () => {
    const report = await check(star, request);
    expect(report).toMatchObject({ verdict: "allowed", decidedBy: "browsers", stepsOf: "chromium" });
    expect(report.engines.find(({ engine }) => engine === "standard")).toMatchObject({
      verdict: "blocked",
      code: "header-authorization-not-covered-by-wildcard",
    });
    expect(report.warnings.map(({ id }) => id)).toContain("authorization-under-wildcard");
  });

  test("the one that was chosen decides", async () => {
    const report = await check(star, request, { engine: "standard" });
    expect(report).toMatchObject({ verdict: "blocked", decidedBy: "standard", stepsOf: "standard" });
  });

  test("each keeps a preflight for as long as it does", async () => {
    const script = always(204, {
      ...allowed,
      "Access-Control-Allow-Methods": "PUT",
      "Access-Control-Max-Age": "1728000",
    });
    const { engines, warnings } = await check(script, put);
    expect(engines.map(({ maxAgeSeconds }) => maxAgeSeconds)).toEqual([1_728_000, 7200, 86_400, 600]);
    expect(warnings.map(({ id }) => id)).toContain("max-age-excessive");
  });
});

describe("what is sent", () => {
  test.each(["PUT", "DELETE", "PATCH", "POST", "PURGE"])("never %s unasked, nor a body", async (method) => {
    const permits = { ...allowed, "Access-Control-Allow-Methods": method };
    await using api = await ScriptedApi.start(always(200, permits));
    await checkApi({ url: api.url, origin, method, headers: [], credentials: true, body: "x" });
    expect(
      api.asked.map((line) => line.split(" ")[0]).filter((sent) => !/^(?:GET|HEAD|OPTIONS)$/.test(sent ?? "")),
    ).toEqual([]);
    expect(api.heads.filter((head) => head["content-length"] !== undefined)).toEqual([]);
  });

  test("the very method and body with send, once for all engines", async () => {
    await using api = await ScriptedApi.start(always(200, { ...allowed, "Access-Control-Allow-Methods": "PUT" }));
    const report = await checkApi(
      { url: `${api.url}/a`, origin, method: "PUT", headers: [], credentials: false, body: "abc" },
      { send: true, probes: false },
    );
    expect(api.asked).toEqual(["OPTIONS /a", "PUT /a"]);
    expect(api.heads[1]).toMatchObject({ "content-length": "3", origin });
    expect(report).toMatchObject({ verdict: "allowed", basis: "answer", sentByMethod: { OPTIONS: 1, PUT: 1 } });
  });

  test("an unsafe method once, though engines send it with different headers", async () => {
    await using api = await ScriptedApi.start(
      always(200, { ...allowed, "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "user-agent" }),
    );
    const request = { url: `${api.url}/a`, origin, method: "PUT", credentials: false } as const;
    await checkApi({ ...request, headers: [["User-Agent", "x"]] }, { send: true });
    expect(api.asked.filter((line) => line === "PUT /a")).toHaveLength(1);
  });

  test("nothing unsafe while looking ahead, though send was said: a browser would not send it", async () => {
    await using api = await ScriptedApi.start(preflightAnd(always(401), always(200)));
    const request = { url: `${api.url}/a`, origin, method: "DELETE", headers: [], credentials: false } as const;
    const report = await checkApi(request, { send: true });
    expect(report.next.length).toBeGreaterThan(0);
    expect(api.asked.filter((line) => line.startsWith("DELETE"))).toEqual([]);
  });

  test("no secret to another host that a preflight is redirected to", async () => {
    await using elsewhere = await ScriptedApi.start(always(200, allowed));
    const target = elsewhere.url.replace("127.0.0.1", "localhost");
    await using api = await ScriptedApi.start(always(302, { Location: `${target}/x` }));
    const headers = [
      ["authorization", "Bearer hush"],
      ["x-api-key", "hush"],
    ] as const;
    await checkApi({ url: api.url, origin, method: "GET", headers, credentials: false });
    expect(elsewhere.asked.length).toBeGreaterThan(0);
    expect(JSON.stringify(elsewhere.heads)).not.toContain("hush");
  });

  test.for([
    ["a simple GET", {}, ["GET", "GET", "GET", "GET"]],
    ["a PUT", put, ["GET", "GET", "GET", "GET", "OPTIONS", "OPTIONS"]],
  ] as const)("few: %s", async ([, request, methods]) => {
    const report = await check(always(200, { ...allowed, "Access-Control-Allow-Methods": "PUT" }), request);
    expect(report.sent.map(({ method }) => method).toSorted()).toEqual(methods);
  });

  test("only what a browser sends without probes", async () => {
    await using api = await ScriptedApi.start(always(200, allowed));
    await checkApi({ url: `${api.url}/a`, origin, method: "GET", headers: [], credentials: false }, { probes: false });
    expect(api.asked).toEqual(["GET /a"]);
  });

  test("no header whose value is withheld, though the preflight asks for it", async () => {
    await using api = await ScriptedApi.start(
      always(200, { ...allowed, "Access-Control-Allow-Headers": "authorization" }),
    );
    const headers = [["authorization", hidden]] as const;
    await checkApi({ url: api.url, origin, method: "GET", headers, credentials: false });
    expect(api.heads[0]?.["access-control-request-headers"]).toBe("authorization");
    expect(api.heads.filter((head) => head.authorization !== undefined)).toEqual([]);
  });

  test("cookies to the URL's origin, where credentials are included", async () => {
    await using api = await ScriptedApi.start(always(200, { ...allowed, "Access-Control-Allow-Credentials": "true" }));
    await checkApi(
      { url: api.url, origin, method: "GET", headers: [], credentials: true, cookies: "sid=1" },
      { probes: false },
    );
    await checkApi(
      { url: api.url, origin, method: "GET", headers: [], credentials: false, cookies: "sid=1" },
      { probes: false },
    );
    expect(api.heads.map(({ cookie }) => cookie)).toEqual(["sid=1", undefined]);
  });
});

describe("warnings beside the verdict", () => {
  const reflect =
    (extra: Readonly<Record<string, string>>): Script =>
    (request, response) => {
      always(200, { "Access-Control-Allow-Origin": request.headers.origin ?? "", ...extra })(request, response);
    };

  test.for([
    [
      "any origin with credentials",
      reflect({ "Access-Control-Allow-Credentials": "true", Vary: "Origin" }),
      {},
      "reflect-any-credentials",
      "critical",
    ],
    ["any origin without", reflect({ Vary: "Origin" }), {}, "reflect-any-anonymous", "medium"],
    ["an origin that is not in Vary", reflect({}), {}, "missing-vary-dynamic", "medium"],
    [
      "* with credentials",
      always(200, { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true" }),
      {},
      "wildcard-with-credentials",
      "low",
    ],
    [
      "any origin as soon as there is a cookie",
      ((request, response) =>
        (request.headers.cookie === undefined
          ? always(200, { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true" })
          : reflect({ "Access-Control-Allow-Credentials": "true" }))(request, response)) satisfies Script,
      {},
      "cookie-triggered-reflection",
      "critical",
    ],
    [
      "errors without headers",
      ((request, response) =>
        (request.url === "/orders" ? always(200, allowed) : always(404))(request, response)) satisfies Script,
      {},
      "error-response-without-cors",
      "medium",
    ],
    [
      "headers that scripts can not read",
      always(200, { ...allowed, "X-Total-Count": "7" }),
      {},
      "response-header-not-exposed",
      "info",
    ],
    ["no max-age", always(200, { ...allowed, "Access-Control-Allow-Methods": "PUT" }), put, "max-age-missing", "info"],
    [
      "a preflight that allows what the answer does not",
      preflightAnd(always(204, { ...allowed, "Access-Control-Allow-Headers": "content-type" }), always(200)),
      json,
      "preflight-actual-mismatch",
      "medium",
    ],
    [
      "* in a list, where credentials are included",
      always(200, { ...allowed, "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Methods": "PUT, *" }),
      put,
      "wildcard-token-with-credentials",
      "medium",
    ],
    [
      "the origin null",
      always(200, { "Access-Control-Allow-Origin": "null", "Access-Control-Allow-Credentials": "true" }),
      { origin: "null" },
      "null-credentials",
      "high",
    ],
    [
      "cookies that other sites do not get",
      always(200, { ...allowed, "Access-Control-Allow-Credentials": "true" }),
      { credentials: true },
      "credentials-not-sent",
      "info",
    ],
    ["an API near the user", always(200, allowed), {}, "local-network-access-denied", "info"],
    ["an API on the machine itself, over http", always(200, allowed), {}, "mixed-content", "info"],
  ] as const)("%s", async ([, script, request, id, severity]) => {
    const { warnings } = await check(script, request);
    expect(warnings).toContainEqual(expect.objectContaining({ id, severity }));
    const ranks = ["critical", "high", "medium", "low", "info"];
    const order = warnings.map((warning) => ranks.indexOf(warning.severity));
    expect(order).toEqual(order.toSorted());
  });

  test("none for an API that does everything right", async () => {
    const right: Script = (request, response) => {
      const known = request.headers.origin === "http://localhost:5173";
      always(
        request.url === "/orders" ? 200 : 404,
        known ? { ...allowed, "Access-Control-Allow-Origin": "http://localhost:5173" } : { Vary: "Origin" },
      )(request, response);
    };
    expect((await check(right, { origin: "http://localhost:5173" })).warnings).toEqual([]);
  });
});

describe("text of servers", () => {
  test("comes capped and escaped", async () => {
    const { diagnosis, headline } = await check((_request, response) => {
      response.writeHead(200, { "Access-Control-Allow-Origin": `https://\u009b31m${"a".repeat(5000)}.example` });
      response.end();
    });
    expect(headline).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(headline.length).toBeLessThan(400);
    expect(JSON.stringify(diagnosis)).not.toMatch(/[\u007f-\u009f]/);
  });
});
