import type { Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import type { AdapterOptions } from "./adapter-options.ts";
import { toPolicy } from "./host.ts";
import { type NodeMiddleware, nodeMiddleware } from "./node-middleware.ts";

export type { DecisionRecord } from "../observe/decision-record.ts";
export type { AdapterOptions } from "./adapter-options.ts";
export type { RawRequest } from "./facts-from-raw-headers.ts";
export type { NodeMiddleware } from "./node-middleware.ts";
export type { NodeResponse } from "./node-response.ts";

/**
 * CORS for Nest, by the same line on both of its platforms: `app.use(cors(policy))`, before every other `use`. It takes the place of
 * `enableCors`, whose defaults differ between Express and Fastify; do not call both.
 *
 * Guards, pipes, filters and interceptors come later, so what they refuse carries the same headers as a success. For a policy of its
 * own, give a path its own `cors` in `configure`: `consumer.apply(cors(policy)).forRoutes("reports")`. Name the path there and not the
 * controller: a controller stands for the methods that it handles, and so leaves out the preflight.
 *
 * @param policy a policy, or what one is made of
 * @throws {PolicyError} if the policy has a mistake
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts no-run
 * import { NestFactory } from "@nestjs/core";
 * import { cors } from "@corsmith/cors/nest";
 *
 * class AppModule {}
 *
 * const app = await NestFactory.create(AppModule);
 * app.use(cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true }));
 * await app.listen(3000);
 * ```
 */
export function cors(policy: PolicyInput | Policy, options: AdapterOptions = {}): NodeMiddleware {
  return enforce(toPolicy(policy), options);
}

/**
 * The same for a policy that is there already, made by `definePolicy` or by `restorePolicy`. A bundle that uses this instead of `cors`
 * leaves out the checks of a policy.
 *
 * @throws {TypeError} if it is no policy
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function enforce(policy: Policy, options: AdapterOptions = {}): NodeMiddleware {
  return nodeMiddleware(policy, options, (next) => next());
}
