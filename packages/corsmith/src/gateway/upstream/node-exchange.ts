import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { ResponseSink, UpstreamExchange, UpstreamRequest } from "./exchange.ts";
import { upstreamTrailers } from "./headers.ts";

/** Where and within what time. */
export interface NodeExchangeTerms {
  readonly upstream: URL;
  /** `false` for a connection of its own. */
  readonly agent: Agent | false;
  /** Milliseconds for the head of the answer, while the gateway itself is not waiting for the client. */
  readonly timeoutMs: number;
}

/** The upstream took too long with the head of its answer. */
export class UpstreamTimeoutError extends Error {
  override readonly name = "UpstreamTimeoutError";
  readonly code = "UPSTREAM_TIMEOUT";
}

/** No response header section may be larger than this. */
export const maxResponseHeaderBytes = 65_536;

/** Starts a request on Node's own client, without sending anything yet. Bytes above 0x7F stay as they are. */
export function openRequest(terms: NodeExchangeTerms, { method, target, headers }: UpstreamRequest): ClientRequest {
  const { upstream, agent } = terms;
  const secure = upstream.protocol === "https:";
  const hostname = upstream.hostname.startsWith("[") ? upstream.hostname.slice(1, -1) : upstream.hostname;
  const options: RequestOptions & { servername?: string } = {
    hostname,
    port: upstream.port === "" ? (secure ? 443 : 80) : upstream.port,
    method,
    path: target,
    headers,
    agent,
    setHost: false,
    maxHeaderSize: maxResponseHeaderBytes,
  };
  // Never the name in Host, which is the client's to choose. An address is no name to ask for.
  if (secure) options.servername = isIP(hostname) === 0 ? hostname : "";
  const request = secure ? requestHttps(options) : requestHttp(options);
  request.maxHeadersCount = 0;
  return request;
}

/** Hands an answer of Node's client to a sink. */
export function relayIncoming(incoming: IncomingMessage, sink: ResponseSink): void {
  sink.head(incoming.statusCode ?? 502, incoming.statusMessage ?? "", incoming.rawHeaders);
  incoming.on("data", (chunk: Buffer) => {
    if (!sink.data(chunk)) incoming.pause();
  });
  incoming.on("end", () => sink.end(incoming.rawTrailers));
  incoming.on("error", (error) => sink.fail(error));
}

/** What the gateway is waiting for at the upstream. While it waits for the client alone, the upstream's time does not run. */
type Awaited = "connection" | "continue" | "drain" | "answer";

/**
 * An exchange with a request body, on Node's own client. undici would hold the head back until the first byte of the body, and knows
 * neither trailers nor `Expect` nor an answer that comes before the body has ended.
 */
export class NodeExchange implements UpstreamExchange {
  readonly #body: IncomingMessage | undefined;
  readonly #sink: ResponseSink;
  readonly #request: ClientRequest;
  readonly #timeoutMs: number;
  readonly #awaited: Set<Awaited> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #incoming: IncomingMessage | undefined;
  #over = false;

  /** @param onContinue the upstream said 100: the client may send its body. `undefined` if the client did not ask. */
  constructor(
    terms: NodeExchangeTerms,
    request: UpstreamRequest,
    body: IncomingMessage | undefined,
    sink: ResponseSink,
    onContinue: (() => void) | undefined,
  ) {
    this.#body = body;
    this.#sink = sink;
    this.#timeoutMs = terms.timeoutMs;
    this.#request = openRequest(terms, request);
    this.#listen(onContinue);
    this.#await("connection");
    if (onContinue !== undefined) this.#await("continue");
    // Sends the head now, not with the first byte of the body. `flushHeaders` would send it as UTF-8.
    if (body === undefined) this.#endRequest([]);
    else this.#request.write(noBytes);
  }

  resume(): void {
    this.#incoming?.resume();
  }

  abort(): void {
    this.#finish();
    this.#request.destroy();
  }

  #listen(onContinue: (() => void) | undefined): void {
    const request = this.#request;
    request.on("socket", (socket) => {
      if (socket.connecting) socket.once("connect", () => this.#arrived("connection"));
      else this.#arrived("connection");
    });
    request.on("continue", () => onContinue?.());
    request.on("information", (info) => {
      if (info.statusCode !== 100) this.#sink.information(info.statusCode, info.rawHeaders);
    });
    request.on("response", (incoming) => this.#receive(incoming));
    request.on("error", (error) => this.#fail(error));
    // The only sign of an answer that switches to another protocol without being asked.
    request.on("close", () => this.#fail(new Error("The upstream closed the connection.")));
    request.on("drain", this.#onDrain);
    this.#body?.on("data", this.#onData).on("end", this.#onEnd);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#arrived("continue");
    if (this.#request.write(chunk)) return;
    this.#body?.pause();
    this.#await("drain");
  };

  readonly #onDrain = (): void => {
    this.#arrived("drain");
    this.#body?.resume();
  };

  readonly #onEnd = (): void => {
    this.#arrived("continue");
    this.#endRequest(upstreamTrailers(this.#body?.rawTrailers ?? []));
  };

  #endRequest(trailers: [string, string][]): void {
    if (trailers.length > 0) this.#request.addTrailers(trailers);
    this.#request.end();
    this.#await("answer");
  }

  #receive(incoming: IncomingMessage): void {
    this.#incoming = incoming;
    this.#stopTimer();
    incoming.on("end", () => this.#finish());
    relayIncoming(incoming, this.#sink);
  }

  #fail(error: Error): void {
    // Once the head is here, a break shows on the answer itself, after what came before it.
    if (this.#over || this.#incoming !== undefined) return;
    this.#finish();
    this.#sink.fail(error);
  }

  /** What the client still sends is read and thrown away, so that it gets to read the answer. */
  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopTimer();
    this.#body?.off("data", this.#onData).off("end", this.#onEnd).resume();
    if (!this.#request.writableEnded) this.#request.destroy();
  }

  #await(what: Awaited): void {
    this.#awaited.add(what);
    if (this.#timer !== undefined || this.#over || this.#incoming !== undefined) return;
    this.#timer = setTimeout(() => this.#request.destroy(new UpstreamTimeoutError()), this.#timeoutMs);
  }

  #arrived(what: Awaited): void {
    if (this.#awaited.delete(what) && this.#awaited.size === 0) this.#stopTimer();
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

const noBytes = Buffer.alloc(0);
