import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AdminHandlers, type AdminServer, startAdminServer } from "../../src/admin/admin-server.ts";
import { Secret } from "../../src/config/secret.ts";

let admin: AdminServer;
let ready = true;

/** Answers every call with its path: the calls themselves have tests of their own. */
const subject: AdminHandlers = {
  ready: () => ready,
  metrics: async () => "up 1\n",
  async api(_request, response, path, search) {
    response.end(JSON.stringify({ path, search }));
  },
};

beforeAll(async () => {
  admin = await startAdminServer({ host: "127.0.0.1", port: 0 }, subject);
});
afterAll(async () => {
  await admin.close();
});

interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends a request in exactly these lines: an HTTP client would not let us forge a Host. */
async function send(target: string, headers: readonly string[], method = "GET", server = admin): Promise<Answer> {
  const text = await new Promise<string>((resolve, reject) => {
    let received = "";
    const socket = connect(Number(server.url.port), server.url.hostname, () => {
      socket.write([`${method} ${target} HTTP/1.1`, ...headers, "Connection: close", "", ""].join("\r\n"));
    });
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      received += chunk;
    });
    socket.once("close", () => resolve(received)).once("error", reject);
  });
  const [head = "", body = ""] = text.split("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), head, body };
}

const port = (): string => admin.url.port;

describe("who may ask the admin server", () => {
  const table: [name: string, headers: (port: string) => string[], status: number][] = [
    ["this machine by address", (p) => [`Host: 127.0.0.1:${p}`], 200],
    ["this machine by name", (p) => [`Host: localhost:${p}`], 200],
    ["this machine by name in capitals", (p) => [`Host: LOCALHOST:${p}`], 200],
    ["this machine by IPv6 address", (p) => [`Host: [::1]:${p}`], 200],
    ["another loopback address", () => ["Host: 127.8.9.10"], 200],
    ["a name that was rebound to this machine", (p) => [`Host: evil.example:${p}`], 403],
    ["a name that begins like this machine's", () => ["Host: localhost.evil.example"], 403],
    ["a name that ends like this machine's", () => ["Host: evil-localhost"], 403],
    ["a number that begins like loopback", () => ["Host: 127.0.0.1.evil.example"], 403],
    ["an address of the network", () => ["Host: 192.168.1.10:9090"], 403],
    ["two Hosts", (p) => [`Host: 127.0.0.1:${p}`, "Host: evil.example"], 403],
    ["an empty Host", () => ["Host:"], 403],
    ["a Host that is none", () => ["Host: 127.0.0.1/x@evil.example"], 403],
    ["a page of another site", (p) => [`Host: 127.0.0.1:${p}`, "Sec-Fetch-Site: cross-site"], 403],
    ["a page of another port on this machine", (p) => [`Host: 127.0.0.1:${p}`, "Sec-Fetch-Site: same-site"], 403],
    ["a site that nobody knows", (p) => [`Host: 127.0.0.1:${p}`, "Sec-Fetch-Site: friendly"], 403],
    ["a page of its own", (p) => [`Host: 127.0.0.1:${p}`, "Sec-Fetch-Site: same-origin"], 200],
    ["the address bar", (p) => [`Host: 127.0.0.1:${p}`, "Sec-Fetch-Site: none"], 200],
    ["its own origin", (p) => [`Host: localhost:${p}`, `Origin: http://localhost:${p}`], 200],
    ["a foreign origin", (p) => [`Host: 127.0.0.1:${p}`, "Origin: https://evil.example"], 403],
    ["the same host on another port", (p) => [`Host: 127.0.0.1:${p}`, "Origin: http://127.0.0.1:3000"], 403],
    ["the same origin by another name", (p) => [`Host: 127.0.0.1:${p}`, `Origin: http://localhost:${p}`], 403],
    ["the origin null", (p) => [`Host: 127.0.0.1:${p}`, "Origin: null"], 403],
  ];
  test.each(table)("%s", async (_, headers, status) => {
    for (const target of ["/api/policy", "/api/policy?x=1"])
      expect((await send(target, headers(port()))).status).toBe(status);
    const unknown = (await send("/nowhere", headers(port()))).status;
    expect(unknown, "what is not there tells a client nothing").toBe(status === 200 ? 404 : 403);
    expect((await send("/healthz", headers(port()))).status, "probes come from anywhere").toBe(200);
  });

  test("the host on which it was told to listen", async () => {
    const named = await startAdminServer({ host: "localhost", port: 0 }, subject);
    expect((await send("/api/policy", ["Host: localhost"], "GET", named)).status).toBe(200);
    await named.close();
  });

  test("nobody without a Host", async () => {
    expect((await send("/api/policy", [])).status).toBe(400);
  });
});

describe("what the admin server answers", () => {
  const host = (): string[] => [`Host: 127.0.0.1:${port()}`];

  test("/healthz always, /readyz while requests are served", async () => {
    expect(await send("/readyz", host())).toMatchObject({ status: 200, body: '{"status":"ready"}\n' });
    ready = false;
    expect(await send("/readyz", host())).toMatchObject({ status: 503, body: '{"status":"not-ready"}\n' });
    expect(await send("/healthz", host())).toMatchObject({ status: 200, body: '{"status":"ok"}\n' });
    ready = true;
  });

  test("calls of the API, without a CORS header, never cached, in no frame", async () => {
    const { head, body } = await send("/api/policy?x=1", [...host(), `Origin: http://127.0.0.1:${port()}`]);
    expect(JSON.parse(body)).toEqual({ path: "/api/policy", search: "x=1" });
    expect(head).not.toMatch(/access-control/i);
    expect(head).toMatch(/cache-control: no-store/i);
    expect(head).toMatch(/x-content-type-options: nosniff/i);
    expect(head).toMatch(/content-security-policy: default-src 'none'; frame-ancestors 'none'/i);
  });

  test("metrics as Prometheus reads them", async () => {
    const { status, head, body } = await send("/metrics", host());
    expect({ status, body }).toEqual({ status: 200, body: "up 1\n" });
    expect(head).toMatch(/content-type: text\/plain; version=0\.0\.4/i);
  });

  test("HEAD like GET without the body, and nothing that changes anything", async () => {
    expect(await send("/metrics", host(), "HEAD")).toMatchObject({ status: 200, body: "" });
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
      for (const target of ["/metrics", "/healthz", "/readyz"]) {
        const { status, head } = await send(target, [...host(), "Content-Length: 0"], method);
        expect(status, `${method} ${target}`).toBe(405);
        expect(head).toMatch(/allow: GET, HEAD/i);
        expect(head).not.toMatch(/access-control/i);
      }
    }
  });
});

describe("a token", () => {
  const token = "a-token-that-nobody-guesses";
  let guarded: AdminServer;
  beforeAll(async () => {
    guarded = await startAdminServer({ host: "127.0.0.1", port: 0, token: new Secret(token) }, subject);
  });
  afterAll(async () => {
    await guarded.close();
  });
  const ask = (target: string, ...headers: string[]): Promise<Answer> =>
    send(target, ["Host: corsmith.internal:9090", ...headers], "GET", guarded);

  const table: [name: string, target: string, headers: string[], status: number][] = [
    ["is demanded for a call", "/api/policy", [], 401],
    ["is demanded for metrics", "/metrics", [], 401],
    ["is demanded for what is not there", "/nowhere", [], 401],
    ["is not demanded for health", "/healthz", [], 200],
    ["is not demanded for readiness", "/readyz", [], 200],
    ["is not demanded for the description of the API", "/api/openapi.json", [], 200],
    ["is not demanded for the page on which it can be entered", "/api/reference", [], 200],
    ["opens a call", "/api/policy", [`Authorization: Bearer ${token}`], 200],
    ["opens metrics", "/metrics", [`Authorization: bearer ${token}`], 200],
    ["may be wrong", "/api/policy", ["Authorization: Bearer a-token-that-somebody-guesses"], 401],
    ["may be a part of it", "/api/policy", [`Authorization: Bearer ${token.slice(0, -1)}`], 401],
    ["may be more than it", "/api/policy", [`Authorization: Bearer ${token}x`], 401],
    ["may be empty", "/api/policy", ["Authorization: Bearer "], 401],
    ["may come by another scheme", "/api/policy", [`Authorization: Basic ${btoa(`:${token}`)}`], 401],
    ["may come in the query", `/api/policy?token=${token}`, [], 401],
    ["may come in a cookie", "/api/policy", [`Cookie: token=${token}`], 401],
    [
      "does not let another site in",
      "/api/policy",
      [`Authorization: Bearer ${token}`, "Sec-Fetch-Site: cross-site"],
      403,
    ],
    [
      "does not let another origin in",
      "/api/policy",
      [`Authorization: Bearer ${token}`, "Origin: https://evil.example"],
      403,
    ],
    [
      "lets its own pages in, also behind a proxy that ends TLS",
      "/api/policy",
      [`Authorization: Bearer ${token}`, "Origin: https://corsmith.internal:9090", "Sec-Fetch-Site: same-origin"],
      200,
    ],
  ];
  test.each(table)("%s", async (_, target, headers, status) => {
    const answer = await ask(target, ...headers);
    expect(answer.status).toBe(status);
    expect(/www-authenticate: Bearer/i.test(answer.head)).toBe(status === 401);
    if (status >= 400) expect(answer.head).toMatch(/application\/problem\+json/i);
  });
});

describe("wrong tokens", () => {
  const token = "a-token-that-nobody-guesses";
  const refused: string[] = [];
  let guarded: AdminServer;
  beforeAll(async () => {
    const watched = { ...subject, tokensRefused: (address: string) => void refused.push(address) };
    guarded = await startAdminServer({ host: "127.0.0.1", port: 0, token: new Secret(token) }, watched);
  });
  afterAll(async () => {
    await guarded.close();
  });
  const ask = (given?: string): Promise<Answer> => {
    const authorization = given === undefined ? [] : [`Authorization: Bearer ${given}`];
    return send("/api/policy", ["Host: corsmith.internal", ...authorization], "GET", guarded);
  };

  test("are looked at twenty times, then answered with 429 and Retry-After, and the right one with them", async () => {
    for (let guess = 0; guess < 40; guess += 1) expect((await ask()).status, "none is no guess").toBe(401);
    for (let guess = 0; guess < 20; guess += 1) expect((await ask(`guess-${guess}`)).status).toBe(401);
    const answer = await ask("guess-20");
    expect(answer.status).toBe(429);
    expect(answer.head).toMatch(/^retry-after: [1-6]\r?$/im);
    expect(answer.head).not.toMatch(/www-authenticate/i);
    expect(JSON.parse(answer.body)).toMatchObject({
      code: "token-too-often",
      field: "authorization",
      retryAfter: expect.any(Number),
    });
    expect((await ask(token)).status, "a guess must not be told by being let in").toBe(429);
    expect((await send("/healthz", ["Host: corsmith.internal"], "GET", guarded)).status).toBe(200);
    expect(new Set(refused)).toEqual(new Set(["127.0.0.1"]));
  });
});
