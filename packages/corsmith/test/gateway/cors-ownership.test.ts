import { decide, definePolicy, type Policy, respond } from "@corsmith/cors";
import { compileRouteTable } from "@corsmith/cors/routes";
import { describe, expect, test } from "vitest";
import { closingAfterEach } from "./support/closing.ts";
import { ask, RawClient, type RawResponse, valuesOf } from "./support/raw-client.ts";
import { type CannedAnswer, startRecordingUpstream } from "./support/recording-upstream.ts";
import {
  allowedOrigin,
  refusedOrigin,
  startTestGateway,
  type TestGatewayOptions,
  testPolicy,
} from "./support/start-test-gateway.ts";

const closing = closingAfterEach();

async function start(
  answer: CannedAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
  options: TestGatewayOptions = {},
) {
  const upstream = closing(await startRecordingUpstream(() => answer));
  const gateway = closing(await startTestGateway(upstream.url, options));
  return { upstream, gateway };
}

const request = (line: string, fields = "") => `${line} HTTP/1.1\r\nHost: api.example\r\n${fields}\r\n`;
const from = (origin: string) => `Origin: ${origin}\r\n`;
const preflight = (origin: string, method = "PUT", headers = "content-type") =>
  request(
    "OPTIONS /orders",
    `${from(origin)}Access-Control-Request-Method: ${method}\r\nAccess-Control-Request-Headers: ${headers}\r\n`,
  );

function corsOf(response: RawResponse): Record<string, string[]> {
  const names = response.headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => name.startsWith("access-control-"));
  return Object.fromEntries(names.map((name) => [name, valuesOf(response, name)]));
}

const granted = {
  "access-control-allow-origin": [allowedOrigin],
  "access-control-allow-credentials": ["true"],
  "access-control-expose-headers": ["x-total"],
};

/** Everything an upstream can say about CORS, twice and in all cases. */
const upstreamCors =
  "Access-Control-Allow-Origin: *\r\naccess-control-allow-origin: https://evil.example\r\nACCESS-CONTROL-ALLOW-CREDENTIALS: true\r\n" +
  "Access-Control-Allow-Methods: *\r\nAccess-Control-Allow-Headers: *\r\nAccess-Control-Expose-Headers: *\r\nAccess-Control-Max-Age: 86400\r\n" +
  "Access-Control-Allow-Private-Network: true\r\n";

describe("S38: never two Access-Control-Allow-Origin lines, also when the upstream sent some", () => {
  const answer = `HTTP/1.1 200 OK\r\n${upstreamCors}Content-Length: 2\r\n\r\nok`;

  test("an allowed origin gets those of the policy, each once", async () => {
    const { gateway } = await start(answer);
    expect(corsOf(await ask(gateway.url, request("GET /", from(allowedOrigin))))).toEqual(granted);
  });

  test.each([
    ["a refused origin", from(refusedOrigin)],
    ["no origin", ""],
    ["the API's own origin", from("http://api.example")],
  ])("%s gets none", async (_what, field) => {
    const { gateway } = await start(answer);
    expect(corsOf(await ask(gateway.url, request("GET /", field)))).toEqual({});
  });

  test("an upstream's redirect, error and 304 are under the policy too", async () => {
    for (const status of ["302 Found", "304 Not Modified", "404 Not Found", "500 Internal Server Error"]) {
      const { gateway } = await start(`HTTP/1.1 ${status}\r\n${upstreamCors}Content-Length: 0\r\n\r\n`);
      const response = await ask(gateway.url, request("GET /", from(allowedOrigin)));
      expect(corsOf(response)).toEqual(granted);
      expect(valuesOf(response, "vary")).toEqual(["Origin"]);
    }
  });
});

describe("S5, S6: a preflight is answered by the gateway and never reaches the upstream", () => {
  test.each([
    ["allowed", preflight(allowedOrigin), 204, [allowedOrigin]],
    ["with a refused method", preflight(allowedOrigin, "PATCH"), 204, [allowedOrigin]],
    ["with a refused header", preflight(allowedOrigin, "PUT", "x-secret"), 204, [allowedOrigin]],
    ["from a refused origin", preflight(refusedOrigin), 403, []],
    ["from the origin null", preflight("null"), 403, []],
    [
      "from two origins",
      request("OPTIONS /", `${from(allowedOrigin)}${from(allowedOrigin)}Access-Control-Request-Method: PUT\r\n`),
      403,
      [],
    ],
    [
      "with a body",
      request("OPTIONS /", `${from(allowedOrigin)}Access-Control-Request-Method: PUT\r\nContent-Length: 2\r\n`).concat(
        "ok",
      ),
      204,
      [allowedOrigin],
    ],
  ])("%s", async (_what, bytes, status, allowOrigin) => {
    const { upstream, gateway } = await start();
    const response = await ask(gateway.url, bytes);
    expect(response.status).toBe(status);
    expect(valuesOf(response, "access-control-allow-origin")).toEqual(allowOrigin);
    expect(response.body).toBe("");
    expect(upstream.requests).toEqual([]);
    expect(upstream.connections()).toBe(0);
  });

  test("also while the upstream is down", async () => {
    const { upstream, gateway } = await start();
    await upstream.close();
    expect((await ask(gateway.url, preflight(allowedOrigin))).status).toBe(204);
  });

  test("S75: it has no body and no Content-Length, and its connection stays usable", async () => {
    const { gateway } = await start();
    const client = closing(await RawClient.open(gateway.url));
    for (const _round of [1, 2]) {
      client.send(preflight(allowedOrigin));
      const response = await client.response("OPTIONS");
      expect(valuesOf(response, "content-length")).toEqual([]);
      expect(valuesOf(response, "transfer-encoding")).toEqual([]);
      expect(valuesOf(response, "connection")).toEqual(["keep-alive"]);
    }
  });

  test("S75: 200 for old clients has Content-Length 0", async () => {
    const policy = definePolicy({ allowOrigins: [allowedOrigin], preflightStatus: 200 });
    const { gateway } = await start(undefined, { policy });
    const response = await ask(gateway.url, preflight(allowedOrigin, "POST", ""));
    expect(response.status).toBe(200);
    expect(valuesOf(response, "content-length")).toEqual(["0"]);
  });

  test.each([
    ["S2: OPTIONS without Access-Control-Request-Method", request("OPTIONS /", from(allowedOrigin))],
    ["S3: OPTIONS without Origin", request("OPTIONS /", "Access-Control-Request-Method: PUT\r\n")],
    [
      "S4: another method with Access-Control-Request-Method",
      request("GET /", `${from(allowedOrigin)}Access-Control-Request-Method: PUT\r\n`),
    ],
  ])("%s reaches the upstream", async (_what, bytes) => {
    const { upstream, gateway } = await start();
    expect((await ask(gateway.url, bytes)).status).toBe(200);
    expect(upstream.requests.length).toBe(1);
  });
});

describe("Vary", () => {
  const conditional = ["Origin"];
  test.each([
    ["S43: an allowed origin", from(allowedOrigin), "", conditional],
    ["S43: a refused origin", from(refusedOrigin), "", conditional],
    ["S43: no origin", "", "", conditional],
    [
      "S44: the upstream's members are kept",
      from(allowedOrigin),
      "Vary: Accept-Encoding\r\n",
      ["Accept-Encoding, Origin"],
    ],
    ["S44: nothing stands twice, in any case", from(allowedOrigin), "Vary: origin, Accept\r\n", ["origin, Accept"]],
    ["S44: * stays *", from(allowedOrigin), "Vary: *\r\n", ["*"]],
    [
      "S45: several lines become one",
      from(allowedOrigin),
      "Vary: Accept\r\nvary: Cookie\r\n",
      ["Accept, Cookie, Origin"],
    ],
    ["S46: the request's Vary is not read", `${from(allowedOrigin)}Vary: X-Evil\r\n`, "", conditional],
  ])("%s", async (_what, field, vary, expected) => {
    const { gateway } = await start(`HTTP/1.1 200 OK\r\n${vary}Content-Length: 2\r\n\r\nok`);
    expect(valuesOf(await ask(gateway.url, request("GET /", field)), "vary")).toEqual(expected);
  });

  test("S47, S48: a preflight varies on three headers and is not marked cacheable", async () => {
    const { gateway } = await start();
    for (const origin of [allowedOrigin, refusedOrigin]) {
      const response = await ask(gateway.url, preflight(origin));
      expect(valuesOf(response, "vary")).toEqual([
        "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
      ]);
      expect(valuesOf(response, "cache-control")).toEqual([]);
    }
  });

  test.each([
    "304 Not Modified",
    "301 Moved Permanently",
    "404 Not Found",
    "429 Too Many Requests",
    "500 Internal Server Error",
  ])("S49: also on %s", async (status) => {
    const { gateway } = await start(`HTTP/1.1 ${status}\r\nVary: Accept\r\nContent-Length: 0\r\n\r\n`);
    expect(valuesOf(await ask(gateway.url, request("GET /")), "vary")).toEqual(["Accept, Origin"]);
  });

  test("S41: an any-origin policy says * to everybody and leaves Vary to the upstream, line by line", async () => {
    const policy = definePolicy({ allowOrigins: "*" });
    const { gateway } = await start("HTTP/1.1 200 OK\r\nVary: Accept\r\nVary: Cookie\r\nContent-Length: 2\r\n\r\nok", {
      policy,
    });
    for (const field of ["", from(allowedOrigin), "Origin: null\r\nCookie: a=1\r\nAuthorization: x\r\n"]) {
      const response = await ask(gateway.url, request("GET /", field));
      expect(corsOf(response)).toEqual({ "access-control-allow-origin": ["*"] });
      expect(valuesOf(response, "vary")).toEqual(["Accept", "Cookie"]);
    }
  });
});

describe("the decision", () => {
  test.each([
    ["S15: two Origin lines", `${from(allowedOrigin)}${from(allowedOrigin)}`],
    ["S15: two origins in one line", from(`${allowedOrigin} ${allowedOrigin}`)],
    ["S14: bytes beyond ASCII", from(`${allowedOrigin}\xe9`)],
    ["S17: null", from("null")],
    ["S16: an empty one", "Origin:\r\n"],
    ["S16: an over-long one", from(`https://${"a".repeat(2_000)}.example`)],
    ["S9: another case", from("https://APP.example.com")],
  ])("%s never matches", async (_what, field) => {
    const { upstream, gateway } = await start();
    const response = await ask(gateway.url, request("GET /", field));
    expect(response.status).toBe(200);
    expect(corsOf(response)).toEqual({});
    expect(upstream.requests.length).toBe(1);
  });

  test("S37: does not depend on Cookie or Authorization", async () => {
    const { gateway } = await start();
    const plain = corsOf(await ask(gateway.url, request("GET /", from(allowedOrigin))));
    const credentialed = request("GET /", `${from(allowedOrigin)}Cookie: a=1\r\nAuthorization: Bearer x\r\n`);
    expect(corsOf(await ask(gateway.url, credentialed))).toEqual(plain);
  });

  test("S80: is the one that the library makes", async () => {
    const { gateway } = await start();
    for (const [method, headers] of [
      ["PUT", "content-type"],
      ["PATCH", "content-type"],
      ["DELETE", "x-a, x-b"],
      ["POST", ""],
    ] as const) {
      const response = await ask(gateway.url, preflight(allowedOrigin, method, headers));
      const answer = respond(
        decide(testPolicy, {
          method: "OPTIONS",
          origin: allowedOrigin,
          requestMethod: method,
          requestHeaders: headers,
        }),
      );
      expect(response.status).toBe(answer.status);
      expect(corsOf(response)).toEqual(
        Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), [value]])),
      );
    }
  });

  test("knows the API's own host behind a trusted hop by X-Forwarded-Host", async () => {
    const policy = definePolicy({ allowOrigins: [allowedOrigin], crossOriginProtection: true });
    const fields = `${from("https://api.example.com")}X-Forwarded-Host: api.example.com\r\nContent-Length: 0\r\n`;
    const trusting = await start(undefined, { policy, trustProxy: ["127.0.0.1"] });
    expect((await ask(trusting.gateway.url, request("POST /", fields))).status).toBe(200);
    const strict = await start(undefined, { policy });
    expect((await ask(strict.gateway.url, request("POST /", fields))).status).toBe(403);
  });

  test("S24: a lookup that fails refuses, and one that finds allows", async () => {
    const find = (origin: string) =>
      origin === allowedOrigin ? Promise.resolve(true) : Promise.reject(new Error("down"));
    const { gateway } = await start(undefined, { policy: definePolicy({ originLookup: { find } }) });
    expect(
      corsOf(await ask(gateway.url, request("GET /", from(allowedOrigin))))["access-control-allow-origin"],
    ).toEqual([allowedOrigin]);
    const refused = await ask(gateway.url, request("GET /", from(refusedOrigin)));
    expect(corsOf(refused)).toEqual({});
    expect(valuesOf(refused, "vary")).toEqual(["Origin"]);
    expect((await ask(gateway.url, preflight(refusedOrigin))).status).toBe(403);
  });

  test("S84: the upstream's answer is its own for each request: nothing of one is found in the next", async () => {
    const { gateway } = await start();
    const client = closing(await RawClient.open(gateway.url));
    for (const [origin, expected] of [
      [allowedOrigin, granted],
      [refusedOrigin, {}],
      [allowedOrigin, granted],
    ] as const) {
      client.send(request("GET /", from(origin)));
      expect(corsOf(await client.response())).toEqual(expected);
    }
  });
});

describe("crossOriginProtection stops what CORS alone lets through", () => {
  const policy = definePolicy({ allowOrigins: [allowedOrigin], crossOriginProtection: true });

  test.each([
    ["an unsafe request of a refused origin", "POST /", refusedOrigin, 403],
    ["an unsafe request of an allowed origin", "POST /", allowedOrigin, 200],
    ["a safe request of a refused origin", "GET /", refusedOrigin, 200],
    ["an unsafe request of the API's own pages", "POST /", "http://api.example", 200],
  ])("%s: %s", async (_what, line, origin, status) => {
    const { upstream, gateway } = await start(undefined, { policy });
    const response = await ask(gateway.url, request(line, `${from(origin)}Content-Length: 0\r\n`));
    expect(response.status).toBe(status);
    expect(upstream.requests.length).toBe(status === 200 ? 1 : 0);
  });

  test("says why, in the same bytes as every adapter", async () => {
    const { gateway } = await start(undefined, { policy });
    const response = await ask(gateway.url, request("POST /", `${from(refusedOrigin)}Content-Length: 0\r\n`));
    const { body } = respond(decide(policy, { method: "POST", origin: refusedOrigin }));
    expect(body?.text).toMatch(/^\{"status":403,"code":"origin-refused","message":"Pages on this origin /);
    expect(response.body).toBe(body?.text);
    expect(valuesOf(response, "content-type")).toEqual([body?.type]);
    expect(valuesOf(response, "content-length")).toEqual([String(body?.text.length)]);
    expect(valuesOf(response, "vary")).toEqual(["Origin"]);
  });
});

describe("routes with a policy each", () => {
  const open = definePolicy({ allowOrigins: "*" });
  const routes = [{ path: "/public", policy: open }];

  test("S96: the most specific route decides, preflights too", async () => {
    const { gateway } = await start(undefined, { routes });
    const of = async (path: string) =>
      valuesOf(await ask(gateway.url, request(`GET ${path}`, from(refusedOrigin))), "access-control-allow-origin");
    expect(await of("/public/x?y=/private")).toEqual(["*"]);
    expect(await of("/publicity")).toEqual([]);
    expect(await of("/?/public")).toEqual([]);
    const asked = `${from(refusedOrigin)}Access-Control-Request-Method: POST\r\n`;
    expect((await ask(gateway.url, request("OPTIONS /public/x", asked))).status).toBe(204);
    expect((await ask(gateway.url, request("OPTIONS /private", asked))).status).toBe(403);
  });

  test("S97: an ambiguous path is served, but no page may read it, and its preflight gets 403", async () => {
    const { upstream, gateway } = await start(undefined, { routes });
    for (const path of ["/x/../public", "/public%2f..%2fprivate", "/PUBLIC", "//public"]) {
      for (const origin of [allowedOrigin, refusedOrigin]) {
        const response = await ask(gateway.url, request(`GET ${path}`, from(origin)));
        expect(response.status).toBe(200);
        expect(corsOf(response)).toEqual({});
        expect(valuesOf(response, "vary")).toEqual(["Origin"]);
        expect(upstream.requests.at(-1)?.line).toBe(`GET ${path} HTTP/1.1`);
        const asked = await ask(
          gateway.url,
          request(`OPTIONS ${path}`, `${from(origin)}Access-Control-Request-Method: PUT\r\n`),
        );
        expect(asked.status).toBe(403);
      }
    }
  });

  test("S97: an ambiguous path is protected if any of the policies protects", async () => {
    const policy: Policy = definePolicy({ allowOrigins: [allowedOrigin], crossOriginProtection: true });
    const { upstream, gateway } = await start(undefined, { routes: [{ path: "/admin", policy }] });
    const response = await ask(gateway.url, request("POST /Admin", `${from(refusedOrigin)}Content-Length: 0\r\n`));
    expect(response.status).toBe(403);
    expect(upstream.requests).toEqual([]);
  });

  test("S95: other routes take over at once, and a request under way finishes under its own", async () => {
    const answers: (() => void)[] = [];
    const { gateway } = await start(
      (socket) => void answers.push(() => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")),
    );
    const client = closing(await RawClient.open(gateway.url));
    client.send(request("GET /", from(refusedOrigin)));
    await expect.poll(() => answers.length).toBe(1);
    gateway.replaceRoutes(compileRouteTable(open, []));
    const asked = await ask(gateway.url, preflight(refusedOrigin, "POST", ""));
    expect(valuesOf(asked, "access-control-allow-origin")).toEqual(["*"]);
    answers[0]?.();
    expect(corsOf(await client.response())).toEqual({});
  });
});
