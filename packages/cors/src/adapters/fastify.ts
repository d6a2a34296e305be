import { closed } from "../routes/route-table.ts";
import type { FastifyInstance } from "./fastify-instance.ts";
import { checkRoutePolicy, type ReadRoutePolicy, takeRoutePolicy } from "./fastify-route-policy.ts";
import { coverScope } from "./fastify-scope.ts";
import { answering, type Cors, corsOf, type Enforce, enforceOf, type Host } from "./host.ts";

export type { PolicyOrFalse } from "../routes/read-routes.ts";
export type { AdapterOptions } from "./adapter-options.ts";
export type { RawRequest } from "./facts-from-raw-headers.ts";
export type { FastifyInstance, FastifyReply, FastifyRequest, FastifyRoute } from "./fastify-instance.ts";
export type { NodeResponse } from "./node-response.ts";

/** What `app.register` takes. */
export type FastifyPlugin = (app: FastifyInstance, options: { readonly prefix?: string }) => Promise<void>;

function hostReading(readRoutePolicy: ReadRoutePolicy): Host<FastifyPlugin> {
  return (policyFor, reports) => {
    const answers = {
      answer: answering(policyFor, reports),
      byRoute(cors: unknown, route: string) {
        const policy = readRoutePolicy(cors, route);
        return answering(() => policy, reports);
      },
      closed: answering(() => closed(true), reports),
      reports,
    };
    const plugin: FastifyPlugin = async (app, { prefix }) => {
      if (prefix !== undefined) throw new Error(prefixMessage(prefix));
      coverScope(app, answers);
    };
    return Object.assign(plugin, pluginMarks());
  };
}

/** {@link cors} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<FastifyPlugin> = /* @__PURE__ */ enforceOf(/* @__PURE__ */ hostReading(takeRoutePolicy));

/**
 * CORS for Fastify 5. Register it before everything else that looks at requests: hooks run in the order in which they were added, and
 * authentication that comes first answers preflights with 401.
 *
 * It covers the scope that registers it and all scopes inside: routes, the 404 of the router, validation errors, streams and replies
 * that were hijacked. A scope inside can have a policy of its own, which then counts alone; it needs `setNotFoundHandler` if its own 404s
 * are to have headers. A route can have one too: `config: { cors: policy }`, or `false`. Await the plugin, so that it sees the routes being
 * declared: below a prefix and at the top it is only needed for `config.cors`, in a scope without a prefix the start depends on it. Only
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
 * await app.register(cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true }));
 * app.get("/", async () => "hello");
 * await app.listen({ port: 3000 });
 * ```
 */
export const cors: Cors<FastifyPlugin> = /* @__PURE__ */ corsOf(/* @__PURE__ */ hostReading(checkRoutePolicy));

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

function prefixMessage(prefix: string): string {
  return (
    `@corsmith/cors: register's prefix "${prefix}" has no effect on a plugin that works on the scope around it. ` +
    `Register it inside the scope: app.register(async (scope) => { scope.register(cors(policy)); … }, { prefix: "${prefix}" }).`
  );
}
