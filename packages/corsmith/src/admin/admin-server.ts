import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { adminRefusal } from "./admin-guard.ts";

/** What the admin server tells about. Everything is asked anew at each request. */
export interface AdminSubject {
  /** Are requests served? Not while starting, nor while draining. */
  ready(): boolean;
  /** The policies in force, as plain data. */
  policy(): unknown;
}

/** An admin server that listens. */
export interface AdminServer {
  readonly url: URL;
  close(): Promise<void>;
}

/**
 * Starts the server for health checks and for the operator's questions. `/healthz` and `/readyz` answer everybody, since probes call them
 * by address; all else is guarded by {@link adminRefusal}. No answer has a CORS header: no page of another origin may read any.
 *
 * @throws the system's error if the address cannot be had
 */
export async function startAdminServer(
  { host, port }: { readonly host: string; readonly port: number },
  subject: AdminSubject,
): Promise<AdminServer> {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      answer(request, response, host, subject);
    },
  );
  await listen(server, host, port);
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: new URL(`http://${host.includes(":") ? `[${host}]` : host}:${actual}`),
    close: () => close(server),
  };
}

type Reply = { readonly status: number; readonly body: unknown };

function answer(request: IncomingMessage, response: ServerResponse, host: string, subject: AdminSubject): void {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  const { status, body } = reply(request, path, host, subject);
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    "content-length": Buffer.byteLength(text),
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    ...(status === 405 ? { allow: "GET, HEAD" } : {}),
    // Nothing here reads a body; keeping the connection would mean to read past it.
    ...(request.method === "GET" || request.method === "HEAD" ? {} : { connection: "close" }),
  });
  response.end(request.method === "HEAD" ? undefined : text);
}

function reply(request: IncomingMessage, path: string, host: string, subject: AdminSubject): Reply {
  const probe = path === "/healthz" || path === "/readyz";
  if (!probe) {
    const facts = {
      hosts: lines(request, "host"),
      origins: lines(request, "origin"),
      fetchSites: lines(request, "sec-fetch-site"),
    };
    const refusal = adminRefusal(facts, host);
    if (refusal !== undefined) return { status: 403, body: { error: "refused", message: refusal } };
  }
  const known = probe || path === "/api/policy";
  if (!known)
    return { status: 404, body: { error: "not-found", message: "Known are /healthz, /readyz and /api/policy." } };
  if (request.method !== "GET" && request.method !== "HEAD") {
    return { status: 405, body: { error: "method-not-allowed", message: "Only GET and HEAD are answered." } };
  }
  if (path === "/healthz") return { status: 200, body: { status: "ok" } };
  if (path === "/api/policy") return { status: 200, body: subject.policy() };
  return subject.ready() ? { status: 200, body: { status: "ready" } } : { status: 503, body: { status: "not-ready" } };
}

/** Every line of a header. `headers` would drop a second Host. */
function lines({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
