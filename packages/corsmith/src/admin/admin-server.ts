import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ApiProblem, writeProblem } from "../api/api-problem.ts";
import type { Secret } from "../config/secret.ts";
import { tokenProblem, WrongTokens } from "./access-token.ts";
import { adminRefusal } from "./admin-guard.ts";
import { answerPage } from "./pages.ts";

/** What the admin server is the door to. Everything is asked anew at each request. */
export interface AdminSubject {
  /** Are requests served? Not while starting, nor while draining. */
  ready(): boolean;
  /** What is measured, as Prometheus reads it. */
  metrics(): Promise<string>;
  /** Answers a call below `/api/`. @param path as it came. @param search the query without its question mark */
  api(request: IncomingMessage, response: ServerResponse, path: string, search: string): Promise<void>;
  /** Told at each call that is refused since too many wrong tokens came. @param address from where */
  tokensRefused?(address: string): void;
}

/** Where the admin server listens, and whom it lets in. */
export interface AdminTerms {
  readonly host: string;
  readonly port: number;
  /** Demanded of whoever asks for more than health and pages. */
  readonly token?: Secret | undefined;
}

interface Door extends AdminTerms {
  readonly subject: AdminSubject;
  readonly wrong: WrongTokens;
}

/** An admin server that listens. */
export interface AdminServer {
  readonly url: URL;
  close(): Promise<void>;
}

/**
 * Starts the server for health checks, metrics, the operator's API and the console. `/healthz` and `/readyz` answer everybody, since probes
 * call them by address; all else is guarded by {@link adminRefusal}, and by the token if there is one. No answer has a CORS header: no page
 * of another origin may read any.
 *
 * @throws the system's error if the address cannot be had
 */
export async function startAdminServer(terms: AdminTerms, subject: AdminSubject): Promise<AdminServer> {
  const { host, port } = terms;
  const door: Door = { ...terms, subject, wrong: new WrongTokens() };
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 },
    (request, response) => {
      void answer(request, response, door);
    },
  );
  server.maxConnections = 512;
  await listen(server, host, port);
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: new URL(`http://${host.includes(":") ? `[${host}]` : host}:${actual}`),
    close: () => close(server),
  };
}

/** What every answer says. A page that shows more than data has a policy of its own. @see https://www.w3.org/TR/CSP3/ */
const everywhere: Map<string, string> = new Map([
  ["cache-control", "no-store"],
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["referrer-policy", "no-referrer"],
  ["x-content-type-options", "nosniff"],
]);

async function answer(request: IncomingMessage, response: ServerResponse, door: Door): Promise<void> {
  response.setHeaders(everywhere);
  const [path = "", ...search] = (request.url ?? "").split("?");
  try {
    if (path === "/healthz" || path === "/readyz") answerProbe(request, response, path, door.subject);
    else await answerGuarded(request, response, door, path, search.join("?"));
  } catch (error) {
    if (error instanceof ApiProblem) writeProblem(request, response, error);
    else response.destroy();
  }
}

async function answerGuarded(
  request: IncomingMessage,
  response: ServerResponse,
  door: Door,
  path: string,
  search: string,
): Promise<void> {
  const { host, token, subject } = door;
  refuseForeign(request, path, { adminHost: host, token: token !== undefined });
  if (await answerPage(request, response, path)) return;
  // What calls there are is no secret, and the page of the reference has to show it before anybody can enter the token.
  if (path !== "/api/openapi.json") demandToken(request, response, door);
  if (path.startsWith("/api/")) return await subject.api(request, response, path, search);
  if (path !== "/metrics") throw notFound(path);
  onlyReading(request, response);
  writeText(request, response, 200, "text/plain; version=0.0.4; charset=utf-8", await subject.metrics());
}

function demandToken(request: IncomingMessage, response: ServerResponse, { token, wrong, subject }: Door): void {
  const caller = { address: request.socket.remoteAddress ?? "", authorization: request.headers.authorization };
  const problem = tokenProblem(token, caller, wrong, performance.now());
  if (problem === undefined) return;
  if (problem.code === "token-too-often") subject.tokensRefused?.(caller.address);
  else response.setHeader("www-authenticate", 'Bearer realm="corsmith"');
  throw problem;
}

function refuseForeign(request: IncomingMessage, path: string, guard: { adminHost: string; token: boolean }): void {
  const [mode] = lines(request, "sec-fetch-mode");
  const facts = {
    hosts: lines(request, "host"),
    origins: lines(request, "origin"),
    fetchSites: lines(request, "sec-fetch-site"),
    // A link to the console in a mail is no attack: what it opens is a page without data, that no frame shows.
    opensPage: request.method === "GET" && mode === "navigate" && !path.startsWith("/api/") && path !== "/metrics",
  };
  const refusal = adminRefusal(facts, guard);
  if (refusal === undefined) return;
  throw new ApiProblem("refused", {
    detail: refusal,
    fix: "Ask from this machine, under its own name, or from the console's own pages.",
  });
}

function answerProbe(request: IncomingMessage, response: ServerResponse, path: string, subject: AdminSubject): void {
  onlyReading(request, response);
  const ready = path === "/healthz" || subject.ready();
  const status = path === "/healthz" ? "ok" : ready ? "ready" : "not-ready";
  const body = `${JSON.stringify({ status })}\n`;
  writeText(request, response, ready ? 200 : 503, "application/json; charset=utf-8", body);
}

function onlyReading(request: IncomingMessage, response: ServerResponse): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  response.setHeader("allow", "GET, HEAD");
  throw new ApiProblem("method-not-allowed", {
    detail: "Only GET and HEAD are answered.",
    field: "method",
    fix: "GET",
  });
}

function notFound(path: string): ApiProblem {
  return new ApiProblem("not-found", {
    detail: "There is nothing here.",
    field: "path",
    value: path,
    fix: "Known are /healthz, /readyz, /metrics, the calls of /api/reference, and the console at /.",
  });
}

function writeText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) });
  response.end(request.method === "HEAD" ? undefined : text);
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
