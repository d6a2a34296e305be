import type { AdapterReports } from "./adapter-options.ts";
import { type Cors, corsOf, type Enforce, enforceOf, type Host } from "./host.ts";
import { type NodeMiddleware, nodeMiddleware } from "./node-middleware.ts";
import type { NodeResponse } from "./node-response.ts";

export { factsFromRawHeaders } from "./facts-from-raw-headers.ts";
export type { AdapterOptions, DecisionRecord, NodeMiddleware, NodeResponse, RawRequest } from "./node-middleware.ts";

const register: Host<NodeMiddleware> = /* @__PURE__ */ nodeMiddleware(callApplication);

/** {@link cors} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<NodeMiddleware> = /* @__PURE__ */ enforceOf(register);

/**
 * CORS for `node:http`, `node:https`, `node:http2` and everything that takes `(req, res, next)`. Register it before authentication,
 * rate limits and body parsers: a preflight carries no credentials.
 *
 * The decision is taken once, on arrival. Its headers are set when the head of the response is written, whatever wrote it: a thrown
 * error, a 404 and a time-out carry the same headers as a success.
 *
 * @throws {PolicyError} if the policy has a mistake
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
export const cors: Cors<NodeMiddleware> = /* @__PURE__ */ corsOf(register);

/** On a bare server nothing else turns a thrown error into a response: the browser would see a network error instead of a 500. */
function callApplication(next: () => unknown, response: NodeResponse, reports: AdapterReports): void {
  const fail = (error: unknown): void => {
    reports.onError(error);
    if (response.headersSent) {
      response.destroy?.();
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
}
