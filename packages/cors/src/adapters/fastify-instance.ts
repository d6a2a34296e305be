import type { RawRequest } from "./facts-from-raw-headers.ts";
import type { PreflightStrategy, RouteFinder } from "./fastify-preflights.ts";
import type { NodeResponse } from "./node-response.ts";

/** The part of a Fastify request that the adapter uses. */
export interface FastifyRequest {
  readonly raw: RawRequest;
  /** The instance that declared the route, or that set the handler for what is not found. */
  readonly server: object;
  readonly routeOptions: { readonly method?: unknown; readonly url?: string | undefined; readonly config: object };
}

/** The part of a Fastify reply that the adapter uses. */
export interface FastifyReply {
  readonly raw: NodeResponse;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body?: string): unknown;
  callNotFound(): unknown;
  hijack(): unknown;
}

/** The part of a route that the adapter reads when it is declared, and of what it declares itself. */
export interface FastifyRoute {
  readonly method: string | readonly string[];
  readonly url: string;
  /** Without the prefix of the scope. */
  readonly routePath: string;
  readonly constraints?: object;
  config?: object;
}

/** The part of a Fastify instance that the adapter uses. */
export interface FastifyInstance extends RouteFinder {
  /** The prefix of the scope; empty at the top. */
  readonly prefix: string;
  addHook(name: "onRequest", hook: OnRequest): unknown;
  addHook(name: "onRoute", hook: (this: FastifyInstance, route: FastifyRoute) => void): unknown;
  addHook(name: "onRegister", hook: (instance: FastifyInstance) => void): unknown;
  addHook(name: "onReady", hook: (done: (error?: Error) => void) => void): unknown;
  route(route: PreflightRoute): unknown;
  /** `(empty tree)` as long as nothing has declared a route. */
  printRoutes(): string;
  hasConstraintStrategy(name: string): boolean;
  addConstraintStrategy(strategy: PreflightStrategy): void;
  // biome-ignore lint/suspicious/noExplicitAny: the messages of HTTP/1 or of HTTP/2, as the instance was made
  routing(request: any, response: any): void;
}

/** A hook that sees a request before anything else of the application does. */
export type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;

/** A route that answers preflights. */
export interface PreflightRoute {
  readonly method: "OPTIONS";
  readonly url: string;
  readonly constraints: Readonly<Record<string, unknown>>;
  readonly config: object;
  /** Keeps it out of OpenAPI documents, by a word that Fastify knows only where `@fastify/swagger` is installed. */
  readonly schema: object;
  handler(request: FastifyRequest, reply: FastifyReply): void;
}
