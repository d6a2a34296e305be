import type { IncomingMessage, ServerResponse } from "node:http";
import type { Script } from "../../check/support/scripted-api.ts";

type Headers = Record<string, string | readonly string[] | undefined>;

/** A server that does CORS well, but for what a test says. */
export interface Police {
  /** Is this origin let in? */
  readonly allows?: (origin: string, request: IncomingMessage) => boolean;
  readonly credentials?: boolean;
  /** Replace, add or (undefined) take away headers of an answer. */
  readonly change?: (headers: Headers, request: IncomingMessage) => Headers;
  readonly status?: (request: IncomingMessage) => number | undefined;
  readonly body?: (request: IncomingMessage) => string;
}

/** The page that the table's servers mean to allow. */
export const trusted = "https://app.acme.com";

/** Answers `/orders` to pages of {@link trusted}, and every other path with 404. */
export function policed(police: Police = {}): Script {
  return (request, response) => {
    const { change = (headers) => headers, status, body } = police;
    const headers = change(goodHeaders(request, police), request);
    const isPreflight = request.method === "OPTIONS";
    const known = /^\/orders(?:\?|$)/.test(request.url ?? "");
    const code = status?.(request) ?? (isPreflight ? 204 : known ? 200 : 404);
    write(response, code, headers, isPreflight ? "" : (body?.(request) ?? (known ? '{"orders":[]}' : "not found")));
  };
}

function goodHeaders(request: IncomingMessage, { allows = isTrusted, credentials = false }: Police): Headers {
  const { origin } = request.headers;
  const headers: Headers = { "Content-Type": "application/json", Vary: "Origin" };
  // Node joins two lines of Origin to nothing that could be in a list.
  if (origin === undefined || !allows(origin, request)) return headers;
  headers["Access-Control-Allow-Origin"] = origin;
  if (credentials) headers["Access-Control-Allow-Credentials"] = "true";
  if (request.method === "OPTIONS") {
    headers["Access-Control-Allow-Methods"] = "PUT";
    headers["Access-Control-Allow-Headers"] = "content-type";
    headers["Access-Control-Max-Age"] = "600";
  }
  return headers;
}

function isTrusted(origin: string): boolean {
  return origin === trusted;
}

function write(response: ServerResponse, status: number, headers: Headers, body: string): void {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().flatMap((line) => [name, line]),
  );
  response.writeHead(status, lines as string[]);
  response.end(body);
}
