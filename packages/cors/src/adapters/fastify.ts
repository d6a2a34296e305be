import { factsFromRawHeaders, type RawRequest } from "./facts-from-raw-headers.ts";
import { type Cors, corsOf, type Enforce, enforceOf, type Host, host, whenSettled } from "./host.ts";
import { applyWhenHeadIsWritten, type NodeResponse } from "./node-response.ts";

export type { AdapterOptions } from "./adapter-options.ts";
export type { RawRequest } from "./facts-from-raw-headers.ts";
export type { NodeResponse } from "./node-response.ts";

/** The part of a Fastify request that the adapter uses. */
export interface FastifyRequest {
  readonly raw: RawRequest;
}

/** The part of a Fastify reply that the adapter uses. */
export interface FastifyReply {
  readonly raw: NodeResponse;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body?: string): unknown;
  callNotFound(): unknown;
}

/** The part of a Fastify instance that the adapter uses. */
export interface FastifyInstance {
  /** The prefix of the scope; empty at the top. */
  readonly prefix: string;
  addHook(name: "onRequest", hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void): unknown;
  options(path: string, handler: (request: FastifyRequest, reply: FastifyReply) => void): unknown;
}

/** What `app.register` takes. */
export type FastifyPlugin = (app: FastifyInstance, options: { readonly prefix?: string }) => Promise<void>;

const register: Host<FastifyPlugin> = /* @__PURE__ */ host((answerRequest, reports) => {
  const plugin: FastifyPlugin = async (app, { prefix }) => {
    if (prefix !== undefined) throw new Error(prefixMessage(prefix));
    app.addHook("onRequest", ({ raw: request }, reply, done) => {
      void whenSettled(answerRequest(factsFromRawHeaders(request), { request, response: reply.raw }), (answer) => {
        applyWhenHeadIsWritten(reply.raw, answer, reports);
        if (answer.status === undefined) return done();
        reply.code(answer.status);
        if (answer.body !== undefined) reply.header("Content-Type", answer.body.type);
        reply.send(answer.body?.text);
      });
    });
    if (app.prefix !== "") receivePreflights(app);
  };
  return Object.assign(plugin, pluginMarks());
});

/** {@link cors} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<FastifyPlugin> = /* @__PURE__ */ enforceOf(register);

/**
 * CORS for Fastify 5. Register it before everything else that looks at requests: hooks run in the order in which they were added, and
 * authentication that comes first answers preflights with 401.
 *
 * It covers the scope that registers it and all scopes inside: routes, the 404 of the router, validation errors, streams and replies
 * that were hijacked. In a scope with a prefix it covers every path below the prefix, by an `OPTIONS` route of the scope: so different
 * scopes can have different policies. A scope needs a prefix for that, and `setNotFoundHandler` if its own 404s are to have headers. Only
 * what Fastify answers before any hook (a path that cannot be decoded) is out of reach.
 *
 * @throws {PolicyError} if the policy has a mistake
 *
 * @example
 * ```ts no-run
 * import Fastify from "fastify";
 * import { cors } from "@corsmith/cors/fastify";
 *
 * const app = Fastify();
 * app.register(cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true }));
 * app.get("/", async () => "hello");
 * await app.listen({ port: 3000 });
 * ```
 */
export const cors: Cors<FastifyPlugin> = /* @__PURE__ */ corsOf(register);

/**
 * Without the first mark, Fastify would give the plugin a scope of its own, and the hook would see nothing.
 *
 * @see https://fastify.dev/docs/latest/Reference/Plugins/#handle-the-scope
 */
function pluginMarks(): Readonly<Record<symbol, unknown>> {
  return {
    [Symbol.for("skip-override")]: true,
    [Symbol.for("fastify.display-name")]: "@corsmith/cors",
    [Symbol.for("plugin-meta")]: { name: "@corsmith/cors", fastify: "5.x" },
  };
}

/** The hooks of a scope run only where one of its routes matched. No route means `OPTIONS`, so without this a preflight would be a 404. */
function receivePreflights(app: FastifyInstance): void {
  for (const path of ["/", "/*"]) app.options(path, (_request, reply) => void reply.callNotFound());
}

function prefixMessage(prefix: string): string {
  return (
    `@corsmith/cors: register's prefix "${prefix}" has no effect on a plugin that works on the scope around it. ` +
    `Register it inside the scope: app.register(async (scope) => { scope.register(cors(policy)); … }, { prefix: "${prefix}" }).`
  );
}
