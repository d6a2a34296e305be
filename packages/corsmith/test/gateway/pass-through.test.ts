import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { closingAfterEach } from "./support/closing.ts";
import { ask, RawClient, valuesOf } from "./support/raw-client.ts";
import { type CannedAnswer, headerOf, plainAnswer, startRecordingUpstream } from "./support/recording-upstream.ts";
import { allowedOrigin, startTestGateway } from "./support/start-test-gateway.ts";

const closing = closingAfterEach();

async function start(answer?: CannedAnswer) {
  const upstream = closing(await startRecordingUpstream(() => answer ?? plainAnswer));
  const gateway = closing(await startTestGateway(upstream.url));
  return { upstream, gateway };
}

/** What the client gets when the upstream answers with these bytes. */
async function answered(bytes: string, method = "GET", fields = "") {
  const { gateway } = await start(bytes);
  return await ask(gateway.url, `${method} / HTTP/1.1\r\nHost: api.example\r\n${fields}\r\n`, method);
}

describe("the target goes on in the bytes that came", () => {
  test.each([
    "/",
    "/a/b",
    "//a///b",
    "/a/../b/./c",
    "/a%2Fb%2f%2e%2E",
    "/caf%C3%A9?q=%C3%A9&x=a+b%20c",
    "/?",
    "/x?a=1&a=2&&=",
    "/x?u=https://other.example/?y",
    '/a;v=1\\b|c^d`e{f}"<>',
    "/%00%0d%0a",
    "/*",
  ])("%s", async (target) => {
    const { upstream, gateway } = await start();
    for (const body of ["", "Content-Length: 1\r\n"]) {
      await ask(gateway.url, `POST ${target} HTTP/1.1\r\nHost: api.example\r\n${body}\r\n${body && "x"}`);
      expect(upstream.requests.at(-1)?.line).toBe(`POST ${target} HTTP/1.1`);
    }
  });

  test("bytes beyond ASCII are the same on the other side, or refused where Node's parser does not take them", async () => {
    const { upstream, gateway } = await start();
    const response = await ask(gateway.url, "GET /\xe9\xff?\xc3\xa9 HTTP/1.1\r\nHost: api.example\r\n\r\n");
    if (response.status === 400) expect(upstream.requests).toEqual([]);
    else expect(upstream.requests[0]?.line).toBe("GET /\xe9\xff?\xc3\xa9 HTTP/1.1");
  });
});

describe("the request's headers", () => {
  test("S85: repeated lines stay apart, in their order and their case", async () => {
    const { upstream, gateway } = await start();
    const fields = "X-One: a\r\nx-Two: b\r\nX-ONE: c\r\nCookie: a=1\r\nCookie: b=2\r\nAccept: */*\r\n";
    for (const body of ["", "Content-Length: 1\r\n"]) {
      await ask(gateway.url, `POST / HTTP/1.1\r\nHost: api.example\r\n${fields}${body}\r\n${body && "x"}`);
      const ours = (upstream.requests.at(-1)?.headers ?? []).filter(([name]) => /^(x-one|x-two|cookie)$/i.test(name));
      expect(ours).toEqual([
        ["X-One", "a"],
        ["x-Two", "b"],
        ["X-ONE", "c"],
        ["Cookie", "a=1"],
        ["Cookie", "b=2"],
      ]);
    }
  });

  test("bytes above 0x7F are unchanged", async () => {
    const { upstream, gateway } = await start();
    for (const [fields, body] of [
      ["", ""],
      ['Content-Length: 1\r\nContent-Disposition: x; f="\xe9\xff"\r\n', "x"],
    ] as const) {
      await ask(
        gateway.url,
        `POST / HTTP/1.1\r\nHost: api.example\r\n${fields}X-Name: J\xf6rg\xff\r\nX-Utf: J\xc3\xb6rg\r\n\r\n${body}`,
      );
      const request = upstream.requests.at(-1);
      expect(headerOf(request, "x-name")).toEqual(["J\xf6rg\xff"]);
      expect(headerOf(request, "x-utf")).toEqual(["J\xc3\xb6rg"]);
      if (body !== "") expect(headerOf(request, "content-disposition")).toEqual(['x; f="\xe9\xff"']);
    }
  });

  test("those of the connection are removed, also the ones that Connection names", async () => {
    const { upstream, gateway } = await start();
    const hop =
      "Connection: keep-alive, X-Gone\r\nX-Gone: 1\r\nKeep-Alive: 5\r\nProxy-Connection: x\r\nProxy-Authorization: x\r\nTE: gzip\r\n";
    await ask(
      gateway.url,
      `GET / HTTP/1.1\r\nHost: api.example\r\n${hop}Upgrade: h2c\r\nTrailer: x\r\nX-Stays: 1\r\n\r\n`,
    );
    const names = (upstream.requests[0]?.headers ?? []).map(([name]) => name.toLowerCase());
    expect(names).toContain("x-stays");
    for (const gone of [
      "x-gone",
      "keep-alive",
      "proxy-connection",
      "proxy-authorization",
      "te",
      "upgrade",
      "trailer",
    ]) {
      expect(names).not.toContain(gone);
    }
    expect(headerOf(upstream.requests[0], "connection")).toEqual(["keep-alive"]);
  });

  test("Origin, Cookie and Authorization go on: the upstream may have checks of its own", async () => {
    const { upstream, gateway } = await start();
    await ask(
      gateway.url,
      `GET / HTTP/1.1\r\nHost: api.example\r\nOrigin: ${allowedOrigin}\r\nAuthorization: Bearer x\r\n\r\n`,
    );
    expect(headerOf(upstream.requests[0], "origin")).toEqual([allowedOrigin]);
    expect(headerOf(upstream.requests[0], "authorization")).toEqual(["Bearer x"]);
  });
});

describe("the request's body", () => {
  test.each([
    ["with a length", "Content-Length: 5\r\n\r\nhello", "hello", ["5"], []],
    ["with a length of 0", "Content-Length: 0\r\n\r\n", "", ["0"], []],
    [
      "in chunks",
      "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
      "5\r\nhello\r\n0\r\n\r\n",
      [],
      ["chunked"],
    ],
    ["in chunks, empty", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "0\r\n\r\n", [], ["chunked"]],
  ])("%s", async (_what, bytes, body, length, coding) => {
    const { upstream, gateway } = await start();
    await ask(gateway.url, `PUT / HTTP/1.1\r\nHost: api.example\r\n${bytes}`);
    expect(upstream.requests[0]?.body).toBe(body);
    expect(headerOf(upstream.requests[0], "content-length")).toEqual(length);
    expect(headerOf(upstream.requests[0], "transfer-encoding")).toEqual(coding);
  });

  test("its trailers go on, but for those that would change the message", async () => {
    const { upstream, gateway } = await start();
    const trailers =
      "X-Sum: 1\r\nX-Sum: 2\r\nX-Name: \xe9\r\nX-Forwarded-For: 6.6.6.6\r\nAuthorization: x\r\nHost: x\r\n";
    const head = "PUT / HTTP/1.1\r\nHost: api.example\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n";
    await ask(gateway.url, `${head}1\r\na\r\n0\r\n${trailers}\r\n`);
    expect(upstream.requests[0]?.body).toBe("1\r\na\r\n0\r\nX-Sum: 1\r\nX-Sum: 2\r\nX-Name: \xe9\r\n\r\n");
    expect(headerOf(upstream.requests[0], "trailer")).toEqual(["X-Sum"]);
  });

  test("its head goes on before its first byte", async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { createServer } = await import("node:net");
    const server = createServer((socket) => {
      socket.once("data", (head) => resolve(head.toString("latin1")));
      socket.on("error", () => undefined);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    closing({ close: () => server.close() });
    const address = server.address();
    const gateway = closing(
      await startTestGateway(new URL(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`)),
    );
    const client = closing(await RawClient.open(gateway.url));
    client.send("PUT /slow HTTP/1.1\r\nHost: api.example\r\nX-Name: \xe9\r\nTransfer-Encoding: chunked\r\n\r\n");
    const head = await promise;
    expect(head).toMatch(/^PUT \/slow HTTP\/1\.1\r\n/);
    expect(head).toContain("X-Name: \xe9\r\n");
  });

  test("Expect: 100-continue is the upstream's to answer", async () => {
    const { gateway } = await start();
    const client = closing(await RawClient.open(gateway.url));
    client.send("PUT / HTTP/1.1\r\nHost: api.example\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    await expect(client.until("HTTP/1.1", 200)).rejects.toThrow();
    client.send("ok");
    expect((await client.response("PUT")).status).toBe(200);
  });

  test("its 100 is passed on, and its refusal comes before the body", async () => {
    const http = await import("node:http");
    const server = http.createServer((request, response) => {
      request.resume().on("end", () => response.end("got it"));
    });
    server.on("checkContinue", (request, response) => {
      if (request.url === "/too-large") response.writeHead(413, { Connection: "close" }).end("no");
      else {
        response.writeContinue();
        server.emit("request", request, response);
      }
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    closing({ close: () => server.close() });
    const address = server.address();
    const gateway = closing(
      await startTestGateway(new URL(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`)),
    );
    const head = (path: string) =>
      `PUT ${path} HTTP/1.1\r\nHost: a\r\nOrigin: ${allowedOrigin}\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`;
    const client = closing(await RawClient.open(gateway.url));
    client.send(head("/fits"));
    expect((await client.response("PUT")).status).toBe(100);
    client.send("ok");
    expect(await client.response("PUT")).toMatchObject({ status: 200, body: "got it" });
    const other = closing(await RawClient.open(gateway.url));
    other.send(head("/too-large"));
    const refused = await other.response("PUT");
    expect(refused).toMatchObject({ status: 413, body: "no" });
    expect(valuesOf(refused, "access-control-allow-origin")).toEqual([allowedOrigin]);
    expect(valuesOf(refused, "connection")).toEqual(["close"]);
  });

  test("an answer that comes before the body has ended reaches the client, and the connection stays usable", async () => {
    const { gateway } = await start((socket: Socket) =>
      socket.end("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno"),
    );
    const early = closing(await startRecordingUpstream(() => plainAnswer));
    expect(early.connections()).toBe(0);
    const client = closing(await RawClient.open(gateway.url));
    client.send(`PUT / HTTP/1.1\r\nHost: api.example\r\nContent-Length: 3\r\n\r\nabc`);
    expect(await client.response("PUT")).toMatchObject({ status: 413, body: "no" });
    client.send(`PUT / HTTP/1.1\r\nHost: api.example\r\nContent-Length: 3\r\n\r\nabc`);
    expect(await client.response("PUT")).toMatchObject({ status: 413, body: "no" });
  });
});

describe("the answer", () => {
  test("keeps its status, its reason and its headers: repeated, in order, in their case", async () => {
    const response = await answered(
      "HTTP/1.1 418 I'm a teapot\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nX-One: a\r\nX-ONE: b\r\nContent-Length: 0\r\n\r\n",
    );
    expect(response).toMatchObject({ status: 418, reason: "I'm a teapot" });
    const ours = response.headers.filter(([name]) => /^(set-cookie|x-one)$/i.test(name));
    expect(ours).toEqual([
      ["Set-Cookie", "a=1"],
      ["set-cookie", "b=2"],
      ["X-One", "a"],
      ["X-ONE", "b"],
    ]);
  });

  test.each([
    ["with a length", "Content-Length: 2\r\n", "ok"],
    ["in chunks", "Transfer-Encoding: chunked\r\n", "2\r\nok\r\n0\r\n\r\n"],
  ])("keeps bytes above 0x7F in headers, %s", async (_what, framing, body) => {
    const disposition = 'attachment; filename="\xe9\xc3\xa9"';
    const response = await answered(
      `HTTP/1.1 200 OK\r\n${framing}X-Name: J\xf6rg\xff\r\nContent-Disposition: ${disposition}\r\n\r\n${body}`,
    );
    expect(valuesOf(response, "x-name")).toEqual(["J\xf6rg\xff"]);
    expect(valuesOf(response, "content-disposition")).toEqual([disposition]);
    expect(response.body).toBe("ok");
  });

  test("keeps bytes above 0x7F in headers that go out before the body", async () => {
    const { gateway } = await start((socket: Socket) => {
      socket.write("HTTP/1.1 200 OK\r\nX-Name: \xe9\xff\r\nTransfer-Encoding: chunked\r\n\r\n", "latin1");
    });
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await client.until("\r\n\r\n");
    expect(client.pending).toContain("X-Name: \xe9\xff\r\n");
  });

  test("loses the headers of the connection, also the ones that Connection names", async () => {
    const response = await answered(
      "HTTP/1.1 200 OK\r\nConnection: X-Gone\r\nX-Gone: 1\r\nKeep-Alive: timeout=9\r\nUpgrade: h2\r\nProxy-Authenticate: x\r\n" +
        "X-Stays: 1\r\nContent-Length: 2\r\n\r\nok",
    );
    for (const gone of ["x-gone", "upgrade", "proxy-authenticate"]) expect(valuesOf(response, gone)).toEqual([]);
    expect(valuesOf(response, "x-stays")).toEqual(["1"]);
    expect(valuesOf(response, "keep-alive")).toEqual(["timeout=65"]);
  });

  test.each([
    ["HEAD with a length", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n", ["1234"]],
    ["HEAD in chunks", "HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", []],
    ["204", "GET", "HTTP/1.1 204 No Content\r\n\r\n", []],
    ["204 with the length that it must not have", "GET", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", []],
    [
      "304 with the length of what it stands for",
      "GET",
      "HTTP/1.1 304 Not Modified\r\nContent-Length: 1234\r\n\r\n",
      ["1234"],
    ],
    ["an empty body", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ["0"]],
  ])("%s has no body, and the connection stays usable", async (_what, method, bytes, length) => {
    const { gateway } = await start(bytes);
    const client = closing(await RawClient.open(gateway.url));
    for (const _round of [1, 2]) {
      client.send(`${method} / HTTP/1.1\r\nHost: a\r\nOrigin: ${allowedOrigin}\r\n\r\n`);
      const response = await client.response(method);
      expect(valuesOf(response, "content-length")).toEqual(length);
      expect(valuesOf(response, "transfer-encoding")).toEqual([]);
      expect(valuesOf(response, "access-control-allow-origin")).toEqual([allowedOrigin]);
      expect(valuesOf(response, "vary")).toEqual(["Origin"]);
      expect(response.body).toBe("");
    }
  });

  test("that ends with its connection is passed on in chunks", async () => {
    const { gateway } = await start((socket: Socket) => socket.end("HTTP/1.0 200 OK\r\n\r\nhello"));
    const response = await ask(gateway.url, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    expect(response).toMatchObject({ body: "hello", complete: true });
    expect(valuesOf(response, "transfer-encoding")).toEqual(["chunked"]);
  });

  test("in chunks is unchunked for a client of HTTP/1.0", async () => {
    const { gateway } = await start(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
    );
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    await client.untilClosed();
    expect(client.pending).toMatch(/\r\n\r\nhello$/);
    expect(client.pending).not.toMatch(/transfer-encoding|trailer/i);
  });

  test("has its trailers, but for those that would change the message", async () => {
    const trailers = "X-Sum: 1\r\nX-Sum: 2\r\nX-Name: \xe9\r\nAccess-Control-Allow-Origin: *\r\nSet-Cookie: a=1\r\n";
    const response = await answered(
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhello\r\n0\r\n${trailers}\r\n`,
      "GET",
      "TE: trailers\r\n",
    );
    expect(response.body).toBe("hello");
    expect(response.trailers).toEqual([
      ["X-Sum", "1"],
      ["X-Sum", "2"],
      ["X-Name", "\xe9"],
    ]);
    expect(valuesOf(response, "trailer")).toEqual(["X-Sum"]);
  });

  test("the wish for trailers goes on", async () => {
    const { upstream, gateway } = await start();
    await ask(gateway.url, "GET / HTTP/1.1\r\nHost: a\r\nConnection: TE\r\nTE: deflate, trailers;q=0.5\r\n\r\n");
    expect(headerOf(upstream.requests[0], "te")).toEqual(["trailers"]);
  });

  test.each([
    ["without a body", ""],
    ["with a body", "Content-Length: 2\r\n"],
  ])("comes after its 103 Early Hints, for a request %s", async (_what, field) => {
    const early =
      "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nLink: </b.js>; rel=preload\r\nAccess-Control-Allow-Origin: *\r\n\r\n";
    const { gateway } = await start(`${early}${plainAnswer}`);
    const client = closing(await RawClient.open(gateway.url));
    client.send(`POST / HTTP/1.1\r\nHost: a\r\n${field}\r\n${field && "ok"}`);
    const hints = await client.response();
    expect(hints).toMatchObject({ status: 103, reason: "Early Hints" });
    expect(hints.headers).toEqual([
      ["Link", "</a.css>; rel=preload"],
      ["Link", "</b.js>; rel=preload"],
    ]);
    expect(await client.response()).toMatchObject({ status: 200, body: "ok" });
  });

  test("a client of HTTP/1.0 gets no interim answer", async () => {
    const { gateway } = await start(`HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${plainAnswer}`);
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    expect((await client.response()).status).toBe(200);
  });

  test("an odd reason phrase does not stop it", async () => {
    expect((await answered("HTTP/1.1 200 \xc3\xb6k\r\nContent-Length: 2\r\n\r\nok")).status).toBe(200);
    expect((await answered("HTTP/1.1 299\r\nContent-Length: 2\r\n\r\nok")).status).toBe(299);
  });
});

describe("connections", () => {
  test("one to the upstream serves many requests, with and without a body", async () => {
    const { upstream, gateway } = await start();
    const client = closing(await RawClient.open(gateway.url));
    for (let round = 0; round < 10; round += 1) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      expect((await client.response()).status).toBe(200);
    }
    expect(upstream.connections()).toBe(1);
    for (let round = 0; round < 10; round += 1) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok");
      expect((await client.response()).status).toBe(200);
    }
    expect(upstream.connections()).toBe(2);
  });

  test("pipelined requests are carried out one after the other, and answered in their order", async () => {
    let underway = 0;
    let most = 0;
    const upstream = closing(
      await startRecordingUpstream((request) => (socket) => {
        underway += 1;
        most = Math.max(most, underway);
        const wait = request.line.startsWith("GET /slow") ? 60 : 0;
        setTimeout(() => {
          underway -= 1;
          socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${request.line.length}\r\n\r\n${request.line}`);
        }, wait);
      }),
    );
    const gateway = closing(await startTestGateway(upstream.url));
    const client = closing(await RawClient.open(gateway.url));
    const lines = ["GET /slow", "PUT /a", "GET /b", "GET /slow2", "GET /c"];
    const body = (line: string) => (line.startsWith("PUT") ? "Content-Length: 2\r\n\r\nok" : "\r\n");
    client.send(lines.map((line) => `${line} HTTP/1.1\r\nHost: a\r\n${body(line)}`).join(""));
    for (const line of lines) expect((await client.response()).body).toBe(`${line} HTTP/1.1`);
    expect(most).toBe(1);
  });

  test("somebody who pipelines without end is cut off, and what he sent does not reach the upstream", async () => {
    const { upstream, gateway } = await start(() => undefined);
    const client = closing(await RawClient.open(gateway.url));
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(500));
    await client.untilClosed();
    expect(upstream.requests.length).toBeLessThanOrEqual(1);
  });

  test.each([
    ["garbage", "garbage\r\n\r\n"],
    ["CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["an upgrade", "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
  ])("%s behind a request does not disturb the gateway", async (what, behind) => {
    const { upstream, gateway } = await start((socket: Socket) => void setTimeout(() => socket.write(plainAnswer), 50));
    const client = closing(await RawClient.open(gateway.url));
    client.send(`GET / HTTP/1.1\r\nHost: a\r\n\r\n${behind}`);
    if (what !== "an upgrade") expect(await client.response()).toMatchObject({ status: 200, body: "ok" });
    await client.untilClosed();
    expect(client.pending).toBe("");
    expect(upstream.requests.length).toBeLessThanOrEqual(1);
    expect((await ask(gateway.url, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).status).toBe(200);
  });

  test("a safe request is sent once more when an idle connection to the upstream turns out to be gone", async () => {
    let first = true;
    const upstream = closing(
      await startRecordingUpstream((request) => (socket) => {
        if (request.connection === 1 && !first) socket.destroy();
        else socket.write(plainAnswer);
        first = false;
      }),
    );
    const gateway = closing(await startTestGateway(upstream.url));
    expect((await ask(gateway.url, "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")).status).toBe(200);
    expect((await ask(gateway.url, "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")).status).toBe(200);
    expect(upstream.requests.map(({ line }) => line.split(" ")[1])).toEqual(["/1", "/2", "/2"]);
  });

  test.each(["DELETE", "POST", "PUT"])("a %s is never sent twice", async (method) => {
    const { upstream, gateway } = await start((socket: Socket) => socket.destroy());
    for (const body of ["", "Content-Length: 2\r\n"]) {
      const response = await ask(gateway.url, `${method} / HTTP/1.1\r\nHost: a\r\n${body}\r\n${body && "ok"}`);
      expect(response.status).toBe(502);
    }
    expect(upstream.requests.length).toBe(2);
  });
});
