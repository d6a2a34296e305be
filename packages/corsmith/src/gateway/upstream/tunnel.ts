import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "@corsmith/cors";
import { interimSection } from "../answer/client-headers.ts";
import { ResponseRelay } from "../answer/relay.ts";
import { upstreamExpose } from "../answer/upstream-expose.ts";
import { listHas } from "../fields.ts";
import type { InboundRequest } from "../inbound/read-request.ts";
import type { RequestTarget } from "../inbound/request-target.ts";
import type { DecisionLog } from "../record/decision-log.ts";
import type { Upstream } from "./client.ts";
import { upstreamHeaders } from "./headers.ts";
import { relayIncoming, UpstreamTimeoutError } from "./node-exchange.ts";

/** The client's side of a tunnel that is to be opened. */
export interface TunnelTerms {
  readonly answer: Answer;
  /** Open it without the user's cookies. */
  readonly withoutCredentials: boolean;
  /** For an answer that does not switch. */
  readonly response: ServerResponse;
  readonly client: Socket;
  /** What the client sent right behind its request. */
  readonly early: Buffer;
  /** Called once, with the status that the client gets. */
  readonly record: (status: number) => void;
}

/** Asks the upstream for a WebSocket. If it agrees, the two sockets are joined; what else it answers is passed on like any answer. */
export function openTunnel(
  { upstream, decisions }: { readonly upstream: Upstream; readonly decisions: DecisionLog },
  { head, hop, match }: InboundRequest,
  target: RequestTarget,
  terms: TunnelTerms,
): void {
  const { client, response, answer, withoutCredentials, record } = terms;
  const headers = upstreamHeaders(head, { hop, framing: "none", upstream, withoutCredentials });
  headers.push("Connection", "Upgrade", "Upgrade", "websocket");
  const request = upstream.openTunnel({ method: head.method, target: target.forward, headers });
  let incoming: IncomingMessage | undefined;
  const relay = new ResponseRelay(response, {
    answer,
    expose: upstreamExpose(decisions, match),
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
  const endWaiting = waitWithClient(terms, upstream.timeoutMs, {
    onTimeout: () => request.destroy(new UpstreamTimeoutError()),
    onLeft: abandon,
  });
  request.on("error", (error) => {
    if (!endWaiting()) return;
    relay.fail(error);
    record(response.statusCode);
  });
  request.on("response", (answered) => {
    endWaiting();
    client.once("end", abandon).once("close", abandon).resume();
    incoming = answered;
    relayIncoming(answered, relay);
    record(response.statusCode);
  });
  request.on("upgrade", (answered, server, serverEarly) => {
    const early = endWaiting();
    if (early === undefined || !listHas(answered.headers.upgrade, "websocket")) {
      server.destroy();
      relay.fail(new Error("The upstream switched to another protocol than was asked for."));
      record(response.statusCode);
      return;
    }
    relay.stop();
    response.detachSocket(client);
    record(101);
    client.write(switchingProtocols(answered, answer), "latin1");
    server.write(early);
    client.write(serverEarly);
    passOn(client, server as Socket);
    passOn(server as Socket, client);
  });
  request.end();
}

/**
 * Reads on at the client, or it would not show that it has left; and keeps what it sends. Returns what ends the wait: it gives what the
 * client has sent meanwhile, or `undefined` if the wait was over before.
 */
function waitWithClient(
  { client, early }: TunnelTerms,
  timeoutMs: number,
  { onTimeout, onLeft }: { readonly onTimeout: () => void; readonly onLeft: () => void },
): () => Buffer | undefined {
  const kept = [early];
  let bytes = 0;
  let over = false;
  const timer = setTimeout(onTimeout, timeoutMs);
  const keep = (chunk: Buffer): void => {
    kept.push(chunk);
    bytes += chunk.length;
    if (bytes > maxEarlyBytes) client.pause();
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
  return end;
}

const maxEarlyBytes = 65_536;

/** Only what concerns the WebSocket goes on; the upstream's CORS headers mean nothing here. */
function switchingProtocols(answered: IncomingMessage, answer: Answer): string {
  const head = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
  return head + interimSection(answered.rawHeaders, answer);
}

/** Passes bytes on until either side ends. One that breaks takes the other with it. */
function passOn(from: Socket, to: Socket): void {
  // A tunnel may be silent for long. TCP finds out whether the other end is still there.
  from.setNoDelay(true).setTimeout(0).setKeepAlive(true, keepAliveMs);
  from.on("error", () => undefined);
  from.once("close", () => to.destroy());
  from.pipe(to);
}

const keepAliveMs = 60_000;
