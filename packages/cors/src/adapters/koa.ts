import { mustBePolicy, type Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import { respond } from "../respond/respond.ts";
import { type AdapterOptions, adapterReports } from "./adapter-options.ts";
import { decideRequest } from "./decide-request.ts";
import { factsFromRawHeaders, type RawRequest } from "./facts-from-raw-headers.ts";
import { toPolicy } from "./host.ts";
import { applyWhenHeadIsWritten, type NodeResponse } from "./node-response.ts";

export type { AdapterOptions } from "./adapter-options.ts";
export type { RawRequest } from "./facts-from-raw-headers.ts";
export type { NodeResponse } from "./node-response.ts";

/** The part of Koa's context that the adapter uses. */
export interface KoaContext {
  readonly req: RawRequest;
  readonly res: NodeResponse;
  status: number;
  body: unknown;
  type: string;
}

/** What `app.use` takes. */
export type KoaMiddleware = (context: KoaContext, next: () => Promise<unknown>) => Promise<void>;

/**
 * CORS for Koa. Register it first: authentication that comes before it answers preflights with 401.
 *
 * Koa clears all headers before it answers an error; ours are set after that, when the head of the response is written, so that what was
 * thrown carries the same headers as a success, as does what is written with `ctx.respond = false`. For a policy of its own, give a path
 * its own `cors`: `router.all("/public/{*path}", cors(policy))`. A router's `use` would leave out the preflight, for which no route is.
 *
 * @param policy a policy, or what one is made of
 * @throws {PolicyError} if the policy has a mistake
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
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
export function cors(policy: PolicyInput | Policy, options: AdapterOptions = {}): KoaMiddleware {
  return enforce(toPolicy(policy), options);
}

/**
 * The same for a policy that is there already, made by `definePolicy` or by `restorePolicy`. A bundle that uses this instead of `cors`
 * leaves out the checks of a policy.
 *
 * @throws {TypeError} if it is no policy
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function enforce(policy: Policy, options: AdapterOptions = {}): KoaMiddleware {
  const checked = mustBePolicy(policy);
  const reports = adapterReports(options);
  return async (context, next) => {
    const answer = respond(
      await decideRequest(checked, factsFromRawHeaders(context.req), reports, {
        request: context.req,
        response: context.res,
      }),
    );
    applyWhenHeadIsWritten(context.res, answer, reports);
    if (answer.status === undefined) {
      await next();
      return;
    }
    // The body first: Koa takes an empty one to mean 204, whatever was meant before.
    context.body = answer.body?.text ?? null;
    context.status = answer.status;
    if (answer.body !== undefined) context.type = answer.body.type;
  };
}
