import { type ClientRequest, Agent as HttpAgent, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP } from "node:net";
import { buildConnector, Pool } from "undici";
import type { ResponseSink, UpstreamExchange, UpstreamRequest } from "./exchange.ts";
import { maxResponseHeaderBytes, NodeExchange, openRequest } from "./node-exchange.ts";
import { UndiciExchange } from "./undici-exchange.ts";

/**
 * Milliseconds for which an idle connection to the upstream is kept, unless the upstream's `Keep-Alive` names a shorter time. Shorter than
 * the 5 s of uvicorn and of Node: the side that closes first must not be the one to which a request is on its way.
 */
const idleMs = 4_000;

export interface ExchangeBody {
  readonly stream: IncomingMessage;
  /** Passes the upstream's 100 on; `undefined` if the client did not ask for it. */
  readonly onContinue: (() => void) | undefined;
}

/** The server behind the gateway, and the connections to it that are kept. */
export class Upstream {
  /** Its authority, as it stands in `Host`. */
  readonly host: string;
  readonly changeHost: boolean;
  readonly timeoutMs: number;
  readonly #url: URL;
  readonly #pool: Pool;
  readonly #agent: HttpAgent;

  /** @param changeHost send the upstream its own `Host`, not the client's */
  constructor(url: URL, timeoutSeconds: number, changeHost: boolean) {
    this.#url = url;
    this.host = url.host;
    this.changeHost = changeHost;
    this.timeoutMs = Math.max(1, Math.round(timeoutSeconds * 1_000));
    const secure = url.protocol === "https:";
    this.#agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, timeout: idleMs, maxFreeSockets: 1_024 });
    this.#pool = new Pool(url.origin, {
      connections: null,
      pipelining: 1,
      keepAliveTimeout: idleMs,
      maxHeaderSize: maxResponseHeaderBytes,
      headersTimeout: this.timeoutMs,
      // A stream of events may be silent for hours. TCP finds out whether the client is still there.
      bodyTimeout: 0,
      connect: connectorTo(url, this.timeoutMs),
    });
  }

  /** Sends a request. Everything that comes of it goes to the sink. */
  exchange(request: UpstreamRequest, body: ExchangeBody | undefined, sink: ResponseSink): UpstreamExchange {
    if (body === undefined && request.target !== "*") return new UndiciExchange(this.#pool, request, sink);
    const terms = { upstream: this.#url, agent: this.#agent, timeoutMs: this.timeoutMs };
    return new NodeExchange(terms, request, body?.stream, sink, body?.onContinue);
  }

  /** Opens a request that may become a tunnel, on a connection of its own. */
  openTunnel(request: UpstreamRequest): ClientRequest {
    return openRequest({ upstream: this.#url, agent: false, timeoutMs: this.timeoutMs }, request);
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await this.#pool.destroy();
  }
}

/** Asks TLS for the upstream's own name, never for the one in Host, which is the client's to choose. */
function connectorTo({ hostname }: URL, timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout });
  const named = isIP(hostname) === 0 && !hostname.startsWith("[");
  return ({ servername: _fromHost, ...options }, callback) =>
    connect(named ? { ...options, servername: hostname } : options, callback);
}
