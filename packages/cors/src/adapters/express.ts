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
 * CORS for Express 4 and 5, and for everything that speaks Connect. Register it before everything else: authentication that comes
 * first answers preflights with 401.
 *
 * Errors go to Express's error handlers as ever, and their answers carry the same headers as a success. For a policy of its own, give a
 * path or a router its own `cors`, by `use` or `all`: `get` alone would leave out the preflight.
 *
 * @param policy a policy, or what one is made of
 * @throws {PolicyError} if the policy has a mistake
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts no-run
 * import express from "express";
 * import { cors } from "@corsmith/cors/express";
 *
 * const app = express();
 * app.use(cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true }));
 * app.get("/", (_req, res) => res.send("hello"));
 * app.listen(3000);
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
