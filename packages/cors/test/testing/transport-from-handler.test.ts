import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { H3 } from "h3";
import { Hono } from "hono";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cors } from "../../src/adapters/fetch.ts";
import {
  type CookieJar,
  formatStep,
  type Header,
  nodeTransport,
  openPage,
  type PageRequestInit,
  type Transport,
  type TransportRequest,
} from "../../src/browser/index.ts";
import { transportFromHandler } from "../../src/testing/index.ts";

const app = "https://app.example";
const api = "https://api.example/";
const any = { headers: { "access-control-allow-origin": "*" } };
const allow = (request: Request): Headers => {
  const names = ["origin", "access-control-request-method", "access-control-request-headers"];
  const [origin, method, headers] = names.map((name) => request.headers.get(name) ?? "");
  return new Headers({
    "access-control-allow-origin": origin ?? "",
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": method ?? "",
    "access-control-allow-headers": headers ?? "",
  });
};

afterEach(() => vi.unstubAllGlobals());

const cookieJar: CookieJar = {
  getCookieString: async () => "sid=31; theme=dark",
  setCookie: async () => undefined,
};

/** What a server saw, in one form for sockets and handlers. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const requests: readonly (readonly [string, PageRequestInit])[] = [
  ["GET", {}],
  ["HEAD", { method: "HEAD" }],
  ["a GET with headers and cookies", { headers: { "X-A": "1", Authorization: "Bearer x" }, credentials: "include" }],
  [
    "lines of one name",
    {
      headers: [
        ["X-A", "1"],
        ["x-a", "2"],
      ],
    },
  ],
  ["bytes beyond ASCII", { headers: { "X-A": "caf\u00e9" } }],
  ["a POST of JSON", { method: "POST", body: '{"a":1}', headers: { "Content-Type": "application/json" } }],
  ["a POST of text", { method: "POST", body: "\u00e4" }],
  ["a POST of nothing", { method: "POST" }],
  ["a PUT of nothing", { method: "PUT" }],
  ["a POST of an empty text", { method: "POST", body: "" }],
  ["a DELETE", { method: "DELETE", credentials: "include" }],
  ["OPTIONS itself", { method: "OPTIONS" }],
  ["a request without the cache", { cache: "no-store" }],
];

async function seenBySocket(init: PageRequestInit): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { connection, ...headers } = request.headers as Record<string, string>;
    seen.push({ method: request.method ?? "", path: request.url ?? "", headers, body });
    const made = new Headers(headers);
    response
      .setHeaders(allow({ headers: made } as Request))
      .writeHead(200)
      .end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const toServer: Transport = (request) =>
    nodeTransport({ ...request, url: request.url.replace("https://api.example", `http://127.0.0.1:${port}`) });
  await openPage({ origin: app, transport: toServer, cookieJar }).trace(`${api}x?y=1`, init);
  await new Promise<void>((done) => server.close(() => done()));
  return seen.map((each) => ({ ...each, headers: { ...each.headers, host: "api.example" } }));
}

async function seenByHandler(init: PageRequestInit): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const handler = async (request: Request): Promise<Response> => {
    const { method, url, headers } = request.clone();
    seen.push({
      method,
      path: url.replace(api, "/"),
      headers: Object.fromEntries(headers),
      body: await request.text(),
    });
    return new Response(null, { headers: allow(request) });
  };
  const page = openPage({ origin: app, transport: transportFromHandler(handler), cookieJar });
  await page.trace(`${api}x?y=1`, init);
  return seen;
}

/** Node's server refuses these, so no socket can be asked. */
const unusual: readonly (readonly [string, PageRequestInit])[] = [
  ["patch in lower case", { method: "patch", body: "x" }],
  ["a method of one's own", { method: "Purge" }],
];

describe("the handler sees what a server sees", () => {
  test.each(unusual)("%s, byte for byte", async (_, init) => {
    const seen = await seenByHandler(init);
    expect(seen.map(({ method }) => method)).toEqual(["OPTIONS", init.method]);
  });

  test.each(requests)("%s", async (_, init) => {
    const wanted = await seenBySocket(init);
    expect(wanted.length).toBeGreaterThan(0);
    expect(await seenByHandler(init)).toEqual(wanted);
  });

  test.each([...requests, ...unusual])(
    "%s, where the platform's Request forbids what a browser's does",
    async (_, init) => {
      const wanted = await seenByHandler(init);
      vi.stubGlobal("Request", PageLikeRequest);
      expect(new Request(api, { headers: { Origin: "x", "X-A": "1" } }).headers.get("origin")).toBe(null);
      expect(await seenByHandler(init)).toEqual(wanted);
    },
  );
});

/** A `Request` as pages and simulated documents have it: names are forbidden, and `patch` is written in capitals. */
class PageLikeRequest extends Request {
  constructor(input: string | URL | Request, init: RequestInit = {}) {
    const headers = new Headers(init.headers);
    for (const name of ["origin", "cookie", "host", "content-length"]) headers.delete(name);
    for (const name of [...headers.keys()]) if (name.startsWith("access-control-")) headers.delete(name);
    super(input, { ...init, headers, ...(init.method === "patch" ? { method: "PATCH" } : {}) });
  }
}

describe("what the handler answers reaches the page", () => {
  const page = (handler: (request: Request) => unknown, onError?: (error: unknown) => void) =>
    openPage({
      origin: app,
      transport: transportFromHandler(
        handler as (request: Request) => Response,
        onError === undefined ? {} : { onError },
      ),
    });

  test("each cookie for itself", async () => {
    const lines: string[] = [];
    const jar: CookieJar = { getCookieString: async () => "", setCookie: async (line) => lines.push(line) };
    const headers = new Headers({ "access-control-allow-origin": app, "access-control-allow-credentials": "true" });
    headers.append("set-cookie", "a=1; Secure");
    headers.append("set-cookie", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT");
    const transport = transportFromHandler(() => new Response(null, { headers }));
    await openPage({ origin: app, transport, cookieJar: jar }).fetch(api, { credentials: "include" });
    expect(lines).toEqual(["a=1; Secure", "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT"]);
  });

  test("a header that was set twice is a double value", async () => {
    const headers: Header[] = [
      ["access-control-allow-origin", "*"],
      ["access-control-allow-origin", "*"],
    ];
    const trace = await page(() => new Response(null, { headers: headers.map(([...pair]) => pair) })).trace(api);
    expect(trace).toMatchObject({ outcome: "error", code: "multiple-allow-origin-values" });
  });

  test("a redirect is followed by the page, not on the way", async () => {
    const urls: string[] = [];
    const trace = await page((request) => {
      urls.push(request.url);
      const location = request.url === api ? { location: "/next" } : {};
      return new Response(null, { status: request.url === api ? 302 : 200, headers: { ...any.headers, ...location } });
    }).trace(api);
    expect(trace).toMatchObject({ outcome: "ok", response: { redirected: true, url: `${api}next` } });
    expect(urls).toEqual([api, `${api}next`]);
  });

  test("a stream arrives as it is made", async () => {
    const body = new Blob(["hel", "lo"]).stream();
    expect(await (await page(() => new Response(body, any)).fetch(api)).text()).toBe("hello");
  });

  test("a body that is streamed up is read as it comes", async () => {
    const handler = async (request: Request) => new Response(await request.text(), { headers: allow(request) });
    const init: PageRequestInit = { method: "POST", body: new Blob(["up"]).stream(), duplex: "half" };
    expect(await (await page(handler).fetch(api, init)).text()).toBe("up");
  });

  test("what it throws is a 500 without CORS headers, as on a server", async () => {
    const errors: unknown[] = [];
    const boom = new Error("boom");
    const thrower = () => {
      throw boom;
    };
    const trace = await page(thrower, (error) => errors.push(error)).trace(api);
    expect(trace).toMatchObject({ code: "missing-allow-origin", exchanges: [{ response: { status: 500 } }] });
    expect(errors).toEqual([boom]);
  });

  test("what it throws stands on the console, if nobody listens", async () => {
    const spoken = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await page(() => Promise.reject(new Error("boom"))).trace(api);
    expect(spoken).toHaveBeenCalledWith(new Error("boom"));
    spoken.mockRestore();
  });

  test("a Response that it throws is its answer", async () => {
    const trace = await page(() => Promise.reject(new Response(null, { status: 404, ...any }))).trace(api);
    expect(trace).toMatchObject({ outcome: "ok", response: { status: 404 } });
  });

  test.each<readonly [string, () => unknown, string]>([
    ["nothing", () => undefined, "The handler returned nothing and must return a Response."],
    ["null", () => null, "The handler returned null and must return a Response."],
    ["text", () => "hello", "The handler returned a value of type string and must return a Response."],
    ["Response.error()", () => Response.error(), "The handler returned Response.error(), which is not an answer."],
    [
      "a Response that was read",
      async () => {
        const response = new Response("x");
        await response.text();
        return response;
      },
      "The handler returned a Response whose body was read before.",
    ],
  ])("%s is not an answer", async (_, handler, message) => {
    const trace = await page(handler).trace(api);
    expect(trace).toMatchObject({ outcome: "error", code: "opaque-network-error" });
    expect(trace.steps.map((step) => formatStep(step)).at(-1)).toContain(message);
  });

  test("an abort ends the wait for a handler that does not listen", async () => {
    const signals: AbortSignal[] = [];
    const never = (request: Request) => {
      signals.push(request.signal);
      return new Promise<Response>(() => undefined);
    };
    const fetching = page(never).fetch(api, { signal: AbortSignal.timeout(20) });
    await expect(fetching).rejects.toMatchObject({ name: "TimeoutError" });
    expect(signals[0]?.aborted).toBe(true);
  });
});

describe("apps of frameworks", () => {
  const policy = { allowOrigins: [app], allowMethods: ["PUT"] };

  test("Hono's app", async () => {
    const hono = new Hono().put("/orders", (c) => c.text("done"));
    const guarded = { fetch: (request: Request) => cors(policy)((asked) => hono.fetch(asked))(request) };
    const page = openPage({ origin: app, transport: transportFromHandler(guarded) });
    expect(await (await page.fetch(`${api}orders`, { method: "PUT" })).text()).toBe("done");
    const bare = openPage({ origin: app, transport: transportFromHandler(hono) });
    expect(await bare.trace(`${api}orders`)).toMatchObject({ code: "missing-allow-origin" });
  });

  test("h3's app", async () => {
    const h3 = new H3().get("/", () => "hello");
    const page = openPage({ origin: "https://api.example", transport: transportFromHandler(h3) });
    expect(await (await page.fetch(api)).text()).toBe("hello");
  });
});

test("the transport can be asked without a page", async () => {
  const request: TransportRequest = {
    method: "GET",
    url: api,
    headers: [["Origin", "null"]],
    body: null,
    signal: undefined,
  };
  const transport = transportFromHandler((asked) => new Response(asked.headers.get("origin")));
  const { status, headers } = await transport(request);
  expect([status, headers]).toEqual([200, [["content-type", "text/plain;charset=UTF-8"]]]);
});
