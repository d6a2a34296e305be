import type { Policy } from "../policy/policy.ts";
import type { PolicyInput } from "../policy/policy-input.ts";
import type { AdapterOptions } from "./adapter-options.ts";
import { toPolicy } from "./host.ts";
import { type CallNext, type NodeMiddleware, nodeMiddleware } from "./node-middleware.ts";

export type { DecisionRecord } from "../observe/decision-record.ts";
export type { AdapterOptions } from "./adapter-options.ts";
export { factsFromRawHeaders, type RawRequest } from "./facts-from-raw-headers.ts";
export type { NodeMiddleware } from "./node-middleware.ts";
export type { NodeResponse } from "./node-response.ts";

/**
 * CORS for `node:http`, `node:https`, `node:http2` and everything that takes `(req, res, next)`. Register it before authentication,
 * rate limits and body parsers: a preflight carries no credentials.
 *
 * The decision is taken once, on arrival. Its headers are set when the head of the response is written, whatever wrote it: a thrown
 * error, a 404 and a time-out carry the same headers as a success.
 *
 * @param policy a policy, or what one is made of
 * @throws {PolicyError} if the policy has a mistake
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts no-run
 * import { createServer } from "node:http";
 * import { cors } from "@corsmith/cors/node";
 *
 * const guard = cors({ allowOrigins: ["https://app.example.com"], allowCredentials: true });
 * createServer((req, res) => guard(req, res, () => res.end("hello"))).listen(3000);
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
  return nodeMiddleware(policy, options, callApplication);
}

/** A bare server has nobody who turns a thrown error into a response: the browser would see a network error instead of a 500. */
const callApplication: CallNext = (next, response, reports) => {
  const fail = (error: unknown): void => {
    reports.onError(error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.statusCode = 500;
    response.end("Internal Server Error");
  };
  try {
    const result = next();
    if (result instanceof Promise) result.catch(fail);
  } catch (error) {
    fail(error);
  }
};
