import type { Header, Transport, TransportRequest, TransportResponse } from "../../src/browser/index.ts";

/** What a route answers: to every request alike, or to preflights otherwise. */
export interface Route {
  readonly status?: number;
  readonly headers?: readonly Header[];
  readonly body?: string;
  readonly preflight?: { readonly status?: number; readonly headers: readonly Header[] };
}

export interface ScriptedServer {
  readonly transport: Transport;
  readonly requests: TransportRequest[];
  /** What was sent, such as `OPTIONS https://b.example/`. */
  sent(): readonly string[];
}

/** A transport that answers from a table of URLs and remembers what it was asked; other URLs get 404. */
export function scriptedServer(routes: Readonly<Record<string, Route>>): ScriptedServer {
  const requests: TransportRequest[] = [];
  return {
    requests,
    sent: () => requests.map(({ method, url }) => `${method} ${url}`),
    async transport(request): Promise<TransportResponse> {
      requests.push(request);
      const route = routes[request.url] ?? { status: 404 };
      const isPreflight = header(request, "access-control-request-method") !== undefined;
      const answer = isPreflight ? (route.preflight ?? { status: 404, headers: [] }) : route;
      const status = answer.status ?? (isPreflight ? 204 : 200);
      return { status, headers: answer.headers ?? [], body: isPreflight ? "" : (route.body ?? "") };
    },
  };
}

/** The value of a request header; undefined if there is none. */
export function header(request: TransportRequest | undefined, lowerName: string): string | undefined {
  const lines = request?.headers.filter(([name]) => name.toLowerCase() === lowerName) ?? [];
  return lines.length === 0 ? undefined : lines.map(([, value]) => value).join(", ");
}
