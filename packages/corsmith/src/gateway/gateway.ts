import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RouteTable } from "@corsmith/cors/routes";
import type { Logger } from "pino";
import type { DecisionRecorder } from "../journal/counting/recorder.ts";
import type { GatewayMeter } from "../metrics/gateway-meter.ts";
import { drain } from "./drain.ts";
import { refuseBrokenRequest, refuseConnect } from "./inbound/broken-request.ts";
import { ClientConnections } from "./inbound/connections.ts";
import { trustedPeers } from "./inbound/hop.ts";
import { type GatewayLimits, resolveGatewayLimits } from "./inbound/limits.ts";
import { type GatewayContext, proxyRequest } from "./proxy-request.ts";
import { DecisionLog } from "./record/decision-log.ts";
import { asksForWebSocket, upgradeRequest } from "./upgrade-request.ts";
import { Upstream } from "./upstream/client.ts";
import { upstreamFailureCodes } from "./upstream/failure.ts";

export interface GatewayOptions {
  /** `http:` or `https:`, an origin without a path. */
  readonly upstream: URL;
  /** Port 0 is any free one. */
  readonly listen: { readonly host: string; readonly port: number };
  readonly routes: RouteTable;
  readonly log: Logger;
  /** Where every decision is recorded, beside the log. Default nowhere. */
  readonly journal?: DecisionRecorder | undefined;
  /** Where every request is measured. Default nowhere. */
  readonly meter?: GatewayMeter | undefined;
  /** Seconds until the head of the upstream's answer must be there; otherwise 504. Default 30. */
  readonly upstreamTimeoutSeconds?: number;
  /** Addresses and blocks of the hops in front, whose `X-Forwarded-*` and `Forwarded` are kept. Default none. */
  readonly trustProxy?: readonly string[];
  /** Send the upstream its own `Host`, not the client's. Default false. */
  readonly changeHost?: boolean;
  readonly limits?: Partial<GatewayLimits>;
}

export interface Gateway {
  /** Where it listens, with the real port. */
  readonly url: URL;
  /** Has {@link Gateway.close} been called? */
  readonly draining: boolean;
  /** Applies other routes, at once and as a whole. Requests under way finish under those that they began with. */
  replaceRoutes(routes: RouteTable): void;
  /** Stops listening, lets the requests under way finish within `drainSeconds`, then closes everything. */
  close(): Promise<void>;
}

/**
 * Starts a reverse proxy in front of an API. CORS is its own: each request is decided once, when it arrives, preflights are answered here,
 * and no CORS header of the upstream goes on.
 *
 * @throws {RangeError} for a limit or an entry of `trustProxy` that cannot be
 * @throws {Error} of `listen`: `EADDRINUSE`, `EACCES` and the like
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const limits = resolveGatewayLimits(options.limits);
  const context: GatewayContext = {
    upstream: new Upstream(options.upstream, options.upstreamTimeoutSeconds ?? 30, options.changeHost ?? false),
    limits,
    trusted: trustedPeers(options.trustProxy ?? []),
    decisions: new DecisionLog(options.log, options.meter),
    journal: options.journal,
    meter: options.meter,
    connections: new ClientConnections(),
    routes: options.routes,
    draining: false,
  };
  const expectRoutes = ({ base, routes }: RouteTable): void =>
    options.meter?.expect([base.route, ...routes], upstreamFailureCodes);
  expectRoutes(options.routes);
  const server = createGatewayServer(context);
  try {
    server.listen(options.listen);
    await once(server, "listening");
  } catch (error) {
    await release(context);
    throw error;
  }
  let closed: Promise<void> | undefined;
  return {
    url: urlOf(server),
    get draining() {
      return closed !== undefined;
    },
    replaceRoutes(routes) {
      context.routes = routes;
      expectRoutes(routes);
    },
    close() {
      closed ??= drain(server, context.connections, limits.drainSeconds, () => {
        context.draining = true;
      }).then(() => release(context));
      return closed;
    },
  };
}

function createGatewayServer(context: GatewayContext): Server {
  const { limits, connections } = context;
  const server = createServer(serverOptions(limits));
  // Without a limit of its own: Node would drop the lines beyond it, and what was dropped would not be checked.
  server.maxHeadersCount = 0;
  server.on("connection", (socket) => connections.add(socket));
  const serve = (expectsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) =>
    proxyRequest(context, { request, response, expectsContinue });
  server.on("request", serve(false));
  server.on("checkExpectation", serve(false));
  server.on("checkContinue", serve(true));
  server.on("upgrade", (request, _socket, early) => upgradeRequest(context, request, early));
  server.on("connect", (_request, socket) => refuseConnect(connections, socket));
  server.on("clientError", (error, socket) => refuseBrokenRequest(connections, error, socket));
  return server;
}

function serverOptions(limits: GatewayLimits): ServerOptions {
  return {
    // Larger than the limit, so that a request that is somewhat over it can be read, decided, and refused with CORS headers.
    maxHeaderSize: limits.headerBytes * 2,
    headersTimeout: limits.headerSeconds * 1_000,
    requestTimeout: limits.requestSeconds * 1_000,
    keepAliveTimeout: limits.keepAliveSeconds * 1_000,
    connectionsCheckingInterval: Math.min(5_000, limits.headerSeconds * 500),
    // Checked here, to be answered with CORS headers.
    requireHostHeader: false,
    insecureHTTPParser: false,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    optimizeEmptyRequests: true,
    // Since Node 24.9; before, other upgrades come to the upgrade listener too, and are answered there.
    shouldUpgradeCallback: asksForWebSocket,
  };
}

function urlOf(server: Server): URL {
  const address = server.address() as AddressInfo;
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return new URL(`http://${host}:${address.port}`);
}

async function release({ decisions, upstream }: GatewayContext): Promise<void> {
  decisions.close();
  await upstream.close();
}
