import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A server that makes every kind of trouble, each at its own path; over http and, with a certificate that nobody trusts, https. */
export interface TroubleServer {
  readonly port: number;
  readonly securePort: number;
  close(): void;
}

type Answer = readonly [status: number, headers?: Readonly<Record<string, string>>, body?: string];

const html = { "content-type": "text/html; charset=utf-8" };
const wild = { "access-control-allow-origin": "*" };

/** What stands at a path; `preflight …` answers its OPTIONS. Everything else is 200 without CORS. */
function answers(port: number): Readonly<Record<string, Answer>> {
  return {
    "/page": [200, html, "<!doctype html><title>A page</title><link rel=icon href=data:,>"],
    "/strict-page": [
      200,
      { ...html, "content-security-policy": "connect-src 'self'" },
      "<!doctype html><title>A strict page</title><link rel=icon href=data:,>",
    ],
    "/500": [500],
    "/wild": [200, wild],
    "/two": [200, { "access-control-allow-origin": "*, *" }],
    "/other": [200, { "access-control-allow-origin": "https://other.example" }],
    "/no-origin": [200, { "access-control-allow-origin": "app.example" }],
    "/named": [200, { "access-control-allow-origin": `http://app.example:${port}` }],
    "/hidden-header": [200, { ...wild, "x-total": "7" }],
    "/private": [200, { "cross-origin-resource-policy": "same-origin", "content-type": "text/javascript" }],
    "/to-login": [302, { ...wild, location: `http://login.example:${port}/signin?return=1` }],
    "/to-user": [302, { ...wild, location: `http://ann:secret@other.example:${port}/wild` }],
    "/to-app": [302, { ...wild, location: "myapp://open" }],
    "/loop": [302, { ...wild, location: "/loop" }],
    "preflight /wild": [204, { ...wild, "access-control-allow-methods": "PUT", "access-control-allow-headers": "x-a" }],
    "preflight /refused": [401, wild],
    "preflight /moved": [301, { ...wild, location: "/wild" }],
    "preflight /bad-methods": [204, { ...wild, "access-control-allow-methods": "PUT DELETE" }],
    "preflight /bad-headers": [204, { ...wild, "access-control-allow-headers": "x-a x-b" }],
  };
}

/** Starts it on two ports of 127.0.0.1 that the system chose. */
export async function startTrouble(): Promise<TroubleServer> {
  let known: Readonly<Record<string, Answer>> = {};
  const listener: RequestListener = (request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    if (path === "/cut") return request.socket.destroy();
    const preflight = request.method === "OPTIONS" && "access-control-request-method" in request.headers;
    const [status, headers = {}, body = ""] = known[preflight ? `preflight ${path}` : path] ?? [200];
    response.writeHead(status, headers).end(body);
    return undefined;
  };
  const plain = createServer(listener).listen(0, "127.0.0.1");
  const secure = createSecureServer(untrusted(), listener).listen(0, "127.0.0.1");
  await Promise.all([once(plain, "listening"), once(secure, "listening")]);
  const { port } = plain.address() as AddressInfo;
  known = answers(port);
  return {
    port,
    securePort: (secure.address() as AddressInfo).port,
    close: () => {
      for (const server of [plain, secure]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function untrusted(): { readonly key: Buffer; readonly cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "corsmith-certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=app.example", "-addext", "subjectAltName=DNS:app.example,DNS:api.example"];
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert, ...subject],
    {
      stdio: "ignore",
    },
  );
  const pair = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return pair;
}
