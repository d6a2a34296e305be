import { type Cors, corsOf, type Enforce, enforceOf, type Host } from "./host.ts";
import { type NodeMiddleware, nodeMiddleware } from "./node-middleware.ts";

export type { AdapterOptions, DecisionRecord, NodeMiddleware, NodeResponse, RawRequest } from "./node-middleware.ts";

const register: Host<NodeMiddleware> = /* @__PURE__ */ nodeMiddleware((next) => next());

/** {@link cors} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<NodeMiddleware> = /* @__PURE__ */ enforceOf(register);

/**
 * CORS for Express 4 and 5, and for everything that speaks Connect. Register it before everything else: authentication that comes
 * first answers preflights with 401.
 *
 * Errors go to Express's error handlers as ever, and their answers carry the same headers as a success. For a policy of its own, give a
 * path or a router its own `cors`, by `use` or `all`: `get` alone would leave out the preflight.
 *
 * @throws {PolicyError} if the policy has a mistake
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
export const cors: Cors<NodeMiddleware> = /* @__PURE__ */ corsOf(register);
