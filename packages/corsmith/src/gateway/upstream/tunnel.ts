import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "@corsmith/cors";
import { interimHeaders } from "../answer/client-headers.ts";
import { ResponseRelay } from "../answer/relay.ts";
import type { GatewayContext } from "../context.ts";
import { listHas } from "../fields.ts";
import type { AcceptedRequest } from "../inbound/read-request.ts";
import type { RequestTarget } from "../inbound/request-target.ts";
import { upstreamHeaders } from "./headers.ts";
import { relayIncoming, UpstreamTimeoutError } from "./node-exchange.ts";

/** The client's side of a tunnel that is to be opened. */
export interface TunnelTerms {
  readonly answer: Answer;
  /** Open it without the user's cookies. */
  readonly withoutCredentials: boolean;
  /** For an answer that is none. */
  readonly response: ServerResponse;
  readonly client: Socket;
  /** What the client sent right behind its request. */
  readonly early: Buffer;
  /** Called once, with the status that the client gets. */
  readonly record: (status: number) => void;
}

/** Asks the upstream for a WebSocket. If it agrees, the two sockets are joined; what else it answers is passed on like any answer. */
export function openTunnel(
  context: GatewayContext,
  accepted: AcceptedRequest,
  target: RequestTarget,
  terms: TunnelTerms,
): void {
  const { upstream, changeHost, decisions } = context;
  const { head, hop } = accepted;
  const { client, response, answer, withoutCredentials, record } = terms;
  const upstreamHost = upstream.host;
  const headers = upstreamHeaders(head, { hop, framing: "none", upstreamHost, changeHost, withoutCredentials });
  headers.push("Connection", "Upgrade", "Upgrade", "websocket");
  const request = upstream.openTunnel({ method: head.method, target: target.forward, headers });
  let incoming: IncomingMessage | undefined;
  const relay = new ResponseRelay(response, {
    answer,
    closing: () => true,
    onDrain: () => incoming?.resume(),
    abort: () => request.destroy(),
    onFailure: (failure, error) => decisions.upstreamFailed(failure, error),
  });
  const abandon = (): void => {
    relay.stop();
    request.destroy();
    client.destroy();
  };
  const waiting = waitWithClient(terms, upstream.timeoutMs, {
    onTimeout: () => request.destroy(new UpstreamTimeoutError()),
    onLeft: abandon,
  });
  request.on("error", (error) => {
    if (!waiting.end()) return;
    relay.fail(error);
    record(response.statusCode);
  });
  request.on("response", (answered) => {
    waiting.end();
    client.once("end", abandon).once("close", abandon).resume();
    incoming = answered;
    relayIncoming(answered, relay);
    record(response.statusCode);
  });
  request.on("upgrade", (answered, server, serverEarly) => {
    const early = waiting.end();
    if (early === undefined || !listHas(answered.headers.upgrade, "websocket")) {
      server.destroy();
      relay.fail(new Error("The upstream switched to another protocol than was asked for."));
      record(response.statusCode);
      return;
    }
    relay.stop();
    response.detachSocket(client);
    record(101);
    client.write(switchingProtocols(answered), "latin1");
    server.write(early);
    client.write(serverEarly);
    joinSockets(client, server as Socket);
  });
  request.end();
}

interface Waiting {
  /** Ends the wait: what the client has sent meanwhile, or `undefined` if the wait was over before. */
  end(): Buffer | undefined;
}

/** Reads on at the client, or it would not show that it has left; and keeps what it sends. */
function waitWithClient(
  { client, early }: TunnelTerms,
  timeoutMs: number,
  { onTimeout, onLeft }: { readonly onTimeout: () => void; readonly onLeft: () => void },
): Waiting {
  const kept = [early];
  let bytes = 0;
  let over = false;
  const timer = setTimeout(onTimeout, timeoutMs);
  const keep = (chunk: Buffer): void => {
    kept.push(chunk);
    bytes += chunk.length;
    if (bytes > mostEarlyBytes) client.pause();
  };
  const leave = (): void => {
    if (end() !== undefined) onLeft();
  };
  const end = (): Buffer | undefined => {
    if (over) return undefined;
    over = true;
    clearTimeout(timer);
    client.off("data", keep).off("end", leave).off("close", leave);
    return Buffer.concat(kept);
  };
  client.on("data", keep).once("end", leave).once("close", leave);
  return { end };
}

const mostEarlyBytes = 65_536;

/** Only what concerns the WebSocket goes on; the upstream's CORS headers mean nothing here. */
function switchingProtocols(answered: IncomingMessage): string {
  const headers = interimHeaders(answered.rawHeaders);
  let text = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
  for (let index = 0; index < headers.length; index += 2) text += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return `${text}\r\n`;
}

/** Passes bytes both ways until either side ends. One that breaks takes the other with it. */
function joinSockets(client: Socket, server: Socket): void {
  passOn(client, server);
  passOn(server, client);
}

function passOn(from: Socket, to: Socket): void {
  // A tunnel may be silent for long. That the other end is still there is TCP's to find out.
  from.setNoDelay(true).setTimeout(0).setKeepAlive(true, keepAliveMs);
  from.on("error", () => undefined);
  from.once("close", () => to.destroy());
  from.pipe(to);
}

const keepAliveMs = 60_000;
