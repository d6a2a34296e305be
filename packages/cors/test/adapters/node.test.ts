import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type AdapterOptions, cors } from "../../src/adapters/node.ts";
import type { PolicyInput } from "../../src/index.ts";

const app = "https://app.example.com";
const policy: PolicyInput = {
  allowOrigins: [app],
  allowCredentials: true,
  allowMethods: ["PUT"],
  allowHeaders: ["x-a"],
  exposeHeaders: ["x-request-id"],
  maxAge: 60,
};
const passed = {
  "access-control-allow-origin": app,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "x-request-id",
};

type Handler = (req: IncomingMessage, res: ServerResponse) => unknown;

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function serve(
  handler: Handler,
  use: PolicyInput = policy,
  options: AdapterOptions = { onError: () => {}, onConflict: () => {} },
): Promise<number> {
  const guard = cors(use, options);
  const server = createServer((req, res) => guard(req, res, () => handler(req, res)));
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

interface Got {
  readonly status: number | undefined;
  readonly cors: Readonly<Record<string, string>>;
  readonly vary: string | undefined;
  readonly raw: readonly string[];
  readonly body: string;
}

async function ask(
  port: number,
  headers: Record<string, string | string[]> = { origin: app },
  method = "GET",
  path = "/",
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const req = request({ port, host: "127.0.0.1", method, path, headers, agent: false }, async (res) => {
      const body = await text(res).catch(() => "aborted");
      const lines = Object.entries(res.headersDistinct).filter(([name]) => name.startsWith("access-control-"));
      const corsLines = Object.fromEntries(lines.map(([name, values = []]) => [name, values.join(" | ")]));
      resolve({
        status: res.statusCode,
        cors: corsLines,
        vary: res.headersDistinct["vary"]?.join(" | "),
        raw: res.rawHeaders,
        body,
      });
    });
    req.on("error", reject);
    req.end();
  });
}

describe("the node adapter", () => {
  it.each<readonly [string, Handler, number]>([
    ["S77: a success", (_, res) => res.end("ok"), 200],
    ["S77: a head that is written at once", (_, res) => res.writeHead(201, "Made", { "x-b": "1" }).end("ok"), 201],
    [
      "S77: a 404 with its own headers",
      (_, res) => res.writeHead(404, { "content-type": "text/plain" }).end("no"),
      404,
    ],
    [
      "S77: a thrown error",
      () => {
        throw new Error("broken");
      },
      500,
    ],
    [
      "S77: a rejected promise",
      async () => {
        throw new Error("broken");
      },
      500,
    ],
    ["S49: a redirect", (_, res) => res.writeHead(302, { location: "/x" }).end(), 302],
    ["S49: a 304", (_, res) => res.writeHead(304).end(), 304],
    [
      "S77: a response whose headers were all removed before the end",
      (_, res) => {
        for (const name of res.getHeaderNames()) res.removeHeader(name);
        res.statusCode = 500;
        res.end("cleared");
      },
      500,
    ],
    [
      "S77: a stream that is flushed first",
      (_, res) => {
        res.flushHeaders();
        res.write("a");
        res.end("b");
      },
      200,
    ],
    [
      "S77: a head that is given as a raw list",
      (_, res) => res.writeHead(200, ["x-b", "1", "X-B", "2", "set-cookie", "a=1", "set-cookie", "b=2"]).end(),
      200,
    ],
  ])("%s carries the headers of the policy", async (_, handler, status) => {
    const got = await ask(await serve(handler));
    expect(got).toMatchObject({ status, cors: passed, vary: "Origin" });
  });

  it("keeps every line of a raw list of headers", async () => {
    const got = await ask(
      await serve((_, res) =>
        res.writeHead(200, ["x-b", "1", "X-B", "2", "set-cookie", "a=1", "set-cookie", "b=2"]).end(),
      ),
    );
    const lines = got.raw.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), got.raw[index + 1]]] : []));
    expect(lines.filter(([name]) => name === "x-b" || name === "set-cookie")).toEqual([
      ["x-b", "1"],
      ["x-b", "2"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
  });

  it("S34: a refused origin gets the application's answer with Vary alone", async () => {
    const got = await ask(await serve((_, res) => res.end("secret")), { origin: "https://evil.example" });
    expect(got).toMatchObject({ status: 200, cors: {}, vary: "Origin" });
  });

  it.each([
    [
      "S44: Vary set as a header",
      (res: ServerResponse) => res.setHeader("vary", "Accept-Encoding"),
      "Accept-Encoding, Origin",
    ],
    [
      "S45: Vary set as several lines",
      (res: ServerResponse) => res.setHeader("Vary", ["Accept", "Cookie"]),
      "Accept, Cookie, Origin",
    ],
    ["S44: Vary with Origin in another case", (res: ServerResponse) => res.setHeader("Vary", "ORIGIN"), "ORIGIN"],
    ["S44: Vary: *", (res: ServerResponse) => res.setHeader("Vary", "*"), "*"],
  ])("%s is merged", async (_, set, vary) => {
    expect(
      await ask(
        await serve((_req, res) => {
          set(res);
          res.end();
        }),
      ),
    ).toMatchObject({ vary });
  });

  it("S46: Vary of the request is never read", async () => {
    expect(await ask(await serve((_, res) => res.end()), { origin: app, vary: "X-Evil" })).toMatchObject({
      vary: "Origin",
    });
  });

  it.each<readonly [string, Handler]>([
    [
      "set by setHeader",
      (_, res) => {
        res.setHeader("Access-Control-Allow-Origin", "*");
        res.end();
      },
    ],
    [
      "given to writeHead",
      (_, res) =>
        res.writeHead(200, { "access-control-allow-origin": "*", "Access-Control-Allow-Methods": "GET" }).end(),
    ],
    [
      "appended twice",
      (_, res) => {
        res.appendHeader("access-control-allow-origin", "https://x.example");
        res.appendHeader("access-control-allow-origin", "*");
        res.end();
      },
    ],
  ])("S38: a CORS header of the application, %s, is replaced and reported", async (_, handler) => {
    const onConflict = vi.fn();
    const port = await serve(handler, policy, { onConflict });
    expect(await ask(port)).toMatchObject({ cors: passed });
    expect(await ask(port, { origin: "https://evil.example" })).toMatchObject({ cors: {} });
    expect(onConflict.mock.calls.map(([name]) => String(name).toLowerCase())).toContain("access-control-allow-origin");
  });

  it("S5: a preflight is answered before the application, and so before its authentication", async () => {
    const handler = vi.fn((_: IncomingMessage, res: ServerResponse) => res.writeHead(401).end());
    const port = await serve(handler);
    const headers = { origin: app, "access-control-request-method": "PUT", "access-control-request-headers": "x-a" };
    const got = await ask(port, headers, "OPTIONS");
    expect(got).toMatchObject({
      status: 204,
      body: "",
      vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
    });
    expect(got.cors).toEqual({
      "access-control-allow-origin": app,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "PUT",
      "access-control-allow-headers": "x-a",
      "access-control-max-age": "60",
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it("S75: a 204 has no Content-Length and no body, a 200 has a length of 0", async () => {
    const headers = { origin: app, "access-control-request-method": "PUT" };
    const noContent = await ask(await serve(() => {}), headers, "OPTIONS");
    expect(noContent.raw.map((name) => name.toLowerCase())).not.toContain("content-length");
    expect(noContent.raw.map((name) => name.toLowerCase())).not.toContain("transfer-encoding");
    const ok = await ask(await serve(() => {}, { ...policy, preflightStatus: 200 }), headers, "OPTIONS");
    expect(ok.status).toBe(200);
    expect(ok.raw[ok.raw.findIndex((name) => name.toLowerCase() === "content-length") + 1]).toBe("0");
  });

  it("S48: a preflight's answer is not marked as cacheable", async () => {
    const got = await ask(await serve(() => {}), { origin: app, "access-control-request-method": "PUT" }, "OPTIONS");
    expect(got.raw.map((name) => name.toLowerCase())).not.toContain("cache-control");
  });

  it("S76: a refused origin's preflight is 403 with Vary and no CORS header", async () => {
    const got = await ask(
      await serve(() => {}),
      { origin: "https://evil.example", "access-control-request-method": "PUT" },
      "OPTIONS",
    );
    expect(got).toMatchObject({
      status: 403,
      cors: {},
      body: "",
      vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
    });
  });

  it("S6: an ordinary OPTIONS runs the application, with the headers of the policy", async () => {
    const got = await ask(
      await serve((_, res) => res.writeHead(200, { allow: "GET" }).end("mine")),
      { origin: app },
      "OPTIONS",
    );
    expect(got).toMatchObject({ status: 200, body: "mine", cors: passed });
  });

  it("S15: two Origin lines never match", async () => {
    const port = await serve((_, res) => res.end());
    const reply = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write(`GET / HTTP/1.1\r\nHost: x\r\nOrigin: ${app}\r\nOrigin: ${app}\r\nConnection: close\r\n\r\n`),
      );
      let all = "";
      socket
        .on("data", (chunk) => {
          all += chunk;
        })
        .on("close", () => resolve(all));
    });
    expect(reply).toMatch(/^HTTP\/1.1 200/);
    expect(reply).not.toMatch(/access-control/i);
  });

  it("S59: requested headers in several lines are one list", async () => {
    const headers = {
      origin: app,
      "access-control-request-method": "PUT",
      "access-control-request-headers": ["x-a", "x-z"],
    };
    const got = await ask(await serve(() => {}), headers, "OPTIONS");
    expect(got.cors["access-control-allow-headers"]).toBe("x-a");
  });

  it("S78: an abort after the head neither crashes nor ends cleanly", async () => {
    const port = await serve((_, res) => {
      res.write("half");
      throw new Error("broken");
    });
    expect(
      await ask(port).then(
        (got) => got.body,
        () => "aborted",
      ),
    ).toBe("aborted");
    expect(await ask(await serve((_, res) => res.end("fine")))).toMatchObject({ body: "fine" });
  });

  it("S82: of two policies on one response the inner one wins, and no value stands twice", async () => {
    const inner = cors({ allowOrigins: "*" });
    const got = await ask(await serve((req, res) => inner(req, res, () => res.end())));
    expect(got.cors).toEqual({ "access-control-allow-origin": "*" });
  });

  it("S81: under a prefix, preflights for the prefix itself, nested and unknown paths are answered alike", async () => {
    const guard = cors(policy);
    const inner = vi.fn((_: IncomingMessage, res: ServerResponse) => res.writeHead(404).end());
    const server = createServer((req, res) => {
      if (!req.url?.startsWith("/api")) return res.writeHead(404).end();
      return guard(req, res, () => inner(req, res));
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    const headers = { origin: app, "access-control-request-method": "PUT" };
    const answers = await Promise.all(
      ["/api", "/api/", "/api/a/b", "/api/unknown?x=1"].map((path) => ask(port, headers, "OPTIONS", path)),
    );
    expect(answers.map(({ status, cors: headersOf, vary }) => ({ status, headersOf, vary }))).toEqual(
      answers.map(() => ({ status: 204, headersOf: answers[0]?.cors, vary: answers[0]?.vary })),
    );
    expect(inner).not.toHaveBeenCalled();
  });

  it("S83: answers do not reach into each other", async () => {
    const port = await serve(
      (_, res) => {
        res.setHeader("x-n", "1");
        res.end();
      },
      { allowOrigins: ["https://a.com", "https://b.com"] },
    );
    const origins = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? "https://a.com" : "https://b.com"));
    const answers = await Promise.all(origins.map((origin) => ask(port, { origin })));
    expect(answers.map((got) => got.cors["access-control-allow-origin"])).toEqual(origins);
  });

  it("S84: the request is not changed", async () => {
    let before: readonly string[] = [];
    const guard = cors(policy);
    const server = createServer((req, res) => {
      before = Object.getOwnPropertyNames(req).toSorted();
      guard(req, res, () => res.end(JSON.stringify(Object.getOwnPropertyNames(req).toSorted())));
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const got = await ask((server.address() as AddressInfo).port);
    expect(JSON.parse(got.body)).toEqual(before);
  });

  it.each<readonly [string, OutgoingHttpHeaders]>([
    ["plain ones", { "Content-Type": "text/plain", "Content-Length": 2 }],
    ["several lines of one name", { "set-cookie": ["a=1", "b=2"], "x-a": "1" }],
    ["CORS headers of the application", { "access-control-allow-origin": "*", "X-A": "1" }],
    ["a Vary of its own", { Vary: "Accept, origin" }],
    ["a Vary of several lines", { Vary: ["Accept", "Accept-Language"] }],
    ["names that the application exposes", { "Access-Control-Expose-Headers": "x-a, *", etag: '"1"' }],
    ["one that is absent", { "x-a": undefined, "x-b": "2" }],
  ])("headers given to writeHead in one go are answered like headers that stood before: %s", async (_, given) => {
    const conflicts: string[] = [];
    const onConflict = (header: string): void => void conflicts.push(header.toLowerCase());
    const answers: unknown[] = [];
    for (const before of [false, true]) {
      const handler: Handler = (_req, res) => {
        if (before) res.setHeader("x-before", "1");
        res.writeHead(200, given).end("ok");
      };
      const { raw, cors: corsLines, vary } = await ask(await serve(handler, policy, { onConflict }));
      const lines = raw.flatMap((name, place) => (place % 2 === 0 ? [`${name.toLowerCase()}: ${raw[place + 1]}`] : []));
      const own = lines.filter((line) => !/^(?:date|x-before|vary|access-control-.*):/.test(line));
      answers.push({ own: own.toSorted(), cors: corsLines, vary });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(conflicts.slice(0, conflicts.length / 2)).toEqual(conflicts.slice(conflicts.length / 2));
  });

  it("S85: HTTP/2 gets the same answer", async () => {
    const guard = cors(policy);
    const server = createHttp2Server((req, res) =>
      guard(req, res, () => res.writeHead(404, { vary: "accept" }).end("h2")),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const headers = await new Promise<Record<string, unknown>>((resolve) => {
      session
        .request({ ":path": "/", origin: app })
        .on("response", (got) => resolve({ ...got }))
        .end();
    });
    session.close();
    server.close();
    expect(headers).toMatchObject({ ":status": 404, ...passed, vary: "accept, Origin" });
  });

  it("awaits a lookup, and a lookup that fails leaves the answer without headers", async () => {
    const find = async (origin: string) => {
      if (origin === "https://broken.example") throw new Error("down");
      return origin === app;
    };
    const port = await serve((_, res) => res.end("ok"), { originLookup: { find } });
    expect(await ask(port)).toMatchObject({ body: "ok", cors: { "access-control-allow-origin": app } });
    expect(await ask(port, { origin: "https://broken.example" })).toMatchObject({
      body: "ok",
      cors: {},
      vary: "Origin",
    });
  });

  it("tells of an error that nobody caught", async () => {
    const onError = vi.fn();
    await ask(
      await serve(
        () => {
          throw new Error("broken");
        },
        policy,
        { onError },
      ),
    );
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: "broken" }));
  });

  it("refuses an unsafe request from elsewhere before the application runs, if the policy says so", async () => {
    const handler = vi.fn((_: IncomingMessage, res: ServerResponse) => res.end());
    const port = await serve(handler, { ...policy, crossOriginProtection: true });
    expect(await ask(port, { origin: "https://evil.example" }, "POST")).toMatchObject({ status: 403, cors: {} });
    expect(handler).not.toHaveBeenCalled();
    expect(await ask(port, { origin: app }, "POST")).toMatchObject({ status: 200 });
  });

  it("S32: cannot be made from a policy that cannot be built", () => {
    expect(() => cors({ allowOrigins: "*", allowCredentials: true })).toThrow(
      expect.objectContaining({ code: "policy-invalid" }),
    );
  });
});
