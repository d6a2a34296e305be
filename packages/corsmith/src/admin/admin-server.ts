import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ApiProblem, methodNotAllowed, writeJson, writeProblem } from "../api/api-problem.ts";
import type { ApiHandler } from "../api/operator-api.ts";
import type { Secret } from "../config/secret.ts";
import { tokenProblem, WrongTokens } from "./access-token.ts";
import { adminRefusal } from "./admin-guard.ts";
import { answerPage } from "./pages.ts";

/** What answers behind the admin server. Everything is asked at each request. */
export interface AdminHandlers {
  /** Are requests served? Not while starting, nor while draining. */
  ready(): boolean;
  /** What is measured, as Prometheus reads it. */
  metrics(): Promise<string>;
  /** Answers a call below `/api/`. */
  readonly api: ApiHandler;
  /** Called for each call that is refused because too many wrong tokens came. @param address from where */
  tokensRefused?(address: string): void;
}

/** Where the admin server listens, and whom it lets in. */
export interface AdminOptions {
  readonly host: string;
  readonly port: number;
  /** Required from callers of more than health and pages. */
  readonly token?: Secret | undefined;
}

interface AdminContext extends AdminOptions {
  readonly handlers: AdminHandlers;
  readonly wrong: WrongTokens;
}

/** An admin server that listens. */
export type AdminServer = Awaited<ReturnType<typeof startAdminServer>>;

/**
 * Starts the server for health checks, metrics, the operator's API and the console. `/healthz` and `/readyz` answer every caller, since
 * probes call them by address; everything else is guarded by {@link adminRefusal}, and by the token if there is one. No answer has a CORS
 * header: no page of another origin may read any.
 *
 * @throws {Error} the system's, if it cannot listen on the address
 */
export async function startAdminServer(options: AdminOptions, handlers: AdminHandlers) {
  const { host, port } = options;
  const context: AdminContext = { ...options, handlers, wrong: new WrongTokens() };
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 },
    (request, response) => {
      void answer(request, response, context);
    },
  );
  server.maxConnections = 512;
  await once(server.listen({ host, port, exclusive: true }), "listening");
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: new URL(`http://${host.includes(":") ? `[${host}]` : host}:${actual}`),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The headers of every answer. A page that shows more than data has a policy of its own. @see https://www.w3.org/TR/CSP3/ */
const commonHeaders: Map<string, string> = new Map([
  ["cache-control", "no-store"],
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["referrer-policy", "no-referrer"],
  ["x-content-type-options", "nosniff"],
]);

async function answer(request: IncomingMessage, response: ServerResponse, context: AdminContext): Promise<void> {
  response.setHeaders(commonHeaders);
  const [path = "", ...search] = (request.url ?? "").split("?");
  try {
    if (path === "/healthz" || path === "/readyz") answerProbe(request, response, path, context);
    else await answerGuarded(request, response, context, path, search.join("?"));
  } catch (error) {
    if (error instanceof ApiProblem) writeProblem(request, response, error);
    else response.destroy();
  }
}

async function answerGuarded(
  request: IncomingMessage,
  response: ServerResponse,
  context: AdminContext,
  path: string,
  search: string,
): Promise<void> {
  refuseForeign(request, path, context);
  if (await answerPage(request, response, path)) return;
  // Which calls there are is no secret, and the reference page has to show them before the token can be entered.
  if (path !== "/api/openapi.json") requireToken(request, response, context);
  if (path.startsWith("/api/")) return await context.handlers.api(request, response, path, search);
  if (path !== "/metrics") throw notFound(path);
  allowReadsOnly(request, response);
  const text = await context.handlers.metrics();
  const type = "text/plain; version=0.0.4; charset=utf-8";
  response.writeHead(200, { "content-type": type, "content-length": Buffer.byteLength(text) });
  response.end(request.method === "HEAD" ? undefined : text);
}

function answerProbe(request: IncomingMessage, response: ServerResponse, path: string, context: AdminContext): void {
  allowReadsOnly(request, response);
  const alive = path === "/healthz";
  const ready = alive || context.handlers.ready();
  const status = alive ? "ok" : ready ? "ready" : "not-ready";
  writeJson(request, response, ready ? 200 : 503, JSON.stringify({ status }));
}

function requireToken(request: IncomingMessage, response: ServerResponse, context: AdminContext): void {
  const { token, wrong, handlers } = context;
  const caller = { address: request.socket.remoteAddress ?? "", authorization: request.headers.authorization };
  const problem = tokenProblem(token, caller, wrong, performance.now());
  if (problem === undefined) return;
  if (problem.code === "token-too-often") handlers.tokensRefused?.(caller.address);
  else response.setHeader("www-authenticate", 'Bearer realm="corsmith"');
  throw problem;
}

function refuseForeign(request: IncomingMessage, path: string, { host, token }: AdminContext): void {
  const [mode] = lines(request, "sec-fetch-mode");
  const facts = {
    hosts: lines(request, "host"),
    origins: lines(request, "origin"),
    fetchSites: lines(request, "sec-fetch-site"),
    // A link to the console in a mail is no attack: it opens a page without data, which cannot be framed.
    opensPage: request.method === "GET" && mode === "navigate" && !path.startsWith("/api/") && path !== "/metrics",
  };
  const refusal = adminRefusal(facts, { adminHost: host, token: token !== undefined });
  if (refusal === undefined) return;
  const fix = "Ask from this machine, under its own name, or from the console's own pages.";
  throw new ApiProblem("refused", refusal, fix);
}

function allowReadsOnly(request: IncomingMessage, response: ServerResponse): void {
  const reads = ["GET", "HEAD"];
  if (!reads.includes(request.method ?? "")) throw methodNotAllowed(response, reads);
}

function notFound(path: string): ApiProblem {
  const fix = "There are /healthz, /readyz, /metrics, the calls of /api/reference, and the console at /.";
  return new ApiProblem("not-found", "Not found.", fix, { field: "path", value: path });
}

/** Every line of a header. `headers` would drop a second Host. */
function lines({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
