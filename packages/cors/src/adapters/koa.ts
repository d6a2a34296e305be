import { factsFromRawHeaders, type RawRequest } from "./facts-from-raw-headers.ts";
import { type Cors, corsOf, type Enforce, enforceOf, type Host, host } from "./host.ts";
import { applyWhenHeadIsWritten, type NodeResponse } from "./node-response.ts";

export type { AdapterOptions } from "./adapter-options.ts";
export type { RawRequest } from "./facts-from-raw-headers.ts";
export type { NodeResponse } from "./node-response.ts";

/** The part of Koa's context that the adapter uses. */
export interface KoaContext {
  /** The target of the request as it was received: an application that is mounted changes the one of `req`. */
  readonly originalUrl?: string;
  readonly req: RawRequest;
  readonly res: NodeResponse;
  status: number;
  body: unknown;
  type: string;
}

/** What `app.use` takes. */
export type KoaMiddleware = (context: KoaContext, next: () => Promise<unknown>) => Promise<void>;

const register: Host<KoaMiddleware> = /* @__PURE__ */ host((answerRequest, reports) => async (context, next) => {
  const { req: request, res: response, originalUrl: target } = context;
  const answer = await answerRequest(factsFromRawHeaders(request), { request, response, target });
  applyWhenHeadIsWritten(response, answer, reports);
  if (answer.status === undefined) {
    await next();
    return;
  }
  // The body first: Koa takes an empty one to mean 204, whatever was meant before.
  context.body = answer.body?.text ?? null;
  context.status = answer.status;
  if (answer.body !== undefined) context.type = answer.body.type;
});

/** {@link cors} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<KoaMiddleware> = /* @__PURE__ */ enforceOf(register);

/**
 * CORS for Koa. Register it first: authentication that comes before it answers preflights with 401.
 *
 * Koa clears all headers before it answers an error; ours are set after that, when the head of the response is written, so that what was
 * thrown carries the same headers as a success, as does what is written with `ctx.respond = false`. For a policy of its own, give a path
 * its own `cors`: `router.all("/public/{*path}", cors(policy))`. A router's `use` would leave out the preflight, for which no route is.
 *
 * @throws {PolicyError} if the policy has a mistake
 *
 * @example
 * ```ts no-run
 * import Koa from "koa";
 * import { cors } from "@corsmith/cors/koa";
 *
 * const app = new Koa();
 * app.use(cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true }));
 * app.use((ctx) => {
 *   ctx.body = "hello";
 * });
 * app.listen(3000);
 * ```
 */
export const cors: Cors<KoaMiddleware> = /* @__PURE__ */ corsOf(register);
