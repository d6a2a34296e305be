import type { Reason } from "../decide/decision.ts";
import type { Exchange } from "../observe/pending-responses.ts";
import { factsFromRawHeaders, type RawRequest } from "./facts-from-raw-headers.ts";
import { type Cors, corsOf, deciding, type Enforce, enforceOf, type Host, reportDecision } from "./host.ts";

export type { DecisionRecord } from "../observe/decision-record.ts";
export type { AdapterOptions } from "./adapter-options.ts";
export type { RawRequest } from "./facts-from-raw-headers.ts";

/** May this WebSocket be opened, and why (not). */
export interface UpgradeVerdict {
  readonly allowed: boolean;
  /** The reason of the decision: `allowed`, `not-cross-origin`, or why the origin was refused. */
  readonly reason: Reason;
}

/** Judges the request with which a WebSocket begins. The promise never rejects; a verdict that is not awaited allows nothing. */
export type UpgradeGuard = (request: RawRequest) => Promise<UpgradeVerdict>;

const register: Host<UpgradeGuard> = (policyFor, reports) => {
  const decide = deciding(policyFor);
  return async (request) => {
    const known = factsFromRawHeaders(request);
    // Asked here, it is one: Socket.IO begins with an ordinary request, and HTTP/2 has no Upgrade header.
    const facts = known && { ...known, upgrade: true };
    const exchange: Exchange = { request, opensWebSocket: true };
    const { reason, status } = reportDecision(await decide(facts, exchange), facts, reports, exchange);
    return { allowed: status !== 403, reason };
  };
};

/** {@link upgradeGuard} of a policy that was made before; its checks stay out of the bundle. @throws {TypeError} if it is not a policy */
export const enforce: Enforce<UpgradeGuard> = /* @__PURE__ */ enforceOf(register);

/**
 * The same policy for WebSockets. Browsers ask no preflight for them and let any page open one, with the user's cookies: only the
 * server's own look at `Origin` keeps another site from acting as the user. This is that look, for servers in which no adapter sees the
 * upgrade: `ws`, Socket.IO, `node:http`'s own event. It refuses whether or not the policy has `crossOriginProtection`.
 *
 * An allowed origin passes, and so do the API's own pages and every client that is no browser (no `Origin`, no `Sec-Fetch-Site`). A
 * policy for any origin lets every site open one, with cookies: name the origins if cookies mean anything to the server.
 *
 * @throws {PolicyError} if the policy has a mistake
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-10.2
 *
 * @example
 * ```ts no-run
 * import { createServer } from "node:http";
 * import { upgradeGuard } from "@corsmith/cors/websocket";
 * import { WebSocketServer } from "ws";
 *
 * const judge = upgradeGuard({ allowOrigins: ["https://app.example.com"] });
 * const sockets = new WebSocketServer({ noServer: true });
 * createServer()
 *   .on("upgrade", async (request, socket, head) => {
 *     const { allowed } = await judge(request);
 *     if (allowed) sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request));
 *     else socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
 *   })
 *   .listen(3000);
 * ```
 */
export const upgradeGuard: Cors<UpgradeGuard> = /* @__PURE__ */ corsOf(register);
