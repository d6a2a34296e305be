import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ResponseRelay } from "../answer/relay.ts";

/** A request that is being answered by the upstream. */
export interface RelayedRequest {
  readonly request: IncomingMessage;
  readonly relay: ResponseRelay;
}

interface ClientConnection {
  /** Is a request being answered? */
  busy: boolean;
  /** That request, once it has gone to the upstream. */
  current: RelayedRequest | undefined;
  /** Requests that have come behind it. */
  readonly waiting: (() => void)[];
  /** Did something come that is not a request? Then nothing behind it is read as one. */
  refused: boolean;
  /** When the last answer ended, and how many bytes had come by then. More bytes are the beginning of a request. */
  idleSince: number;
  bytesAtIdle: number;
}

/** No browser pipelines at all. A client that sends more requests than this ahead is cut off. */
const maxWaiting = 100;

/** The connections of clients, and what is under way on each. */
export class ClientConnections {
  readonly #connections: Map<Duplex, ClientConnection> = new Map();

  get size(): number {
    return this.#connections.size;
  }

  add(socket: Socket): void {
    this.#connections.set(socket, {
      busy: false,
      current: undefined,
      waiting: [],
      refused: false,
      idleSince: performance.now(),
      bytesAtIdle: 0,
    });
    socket.once("close", () => this.#connections.delete(socket));
    // Node takes its own listener away from the sockets that it hands out, and an error without a listener ends the process.
    socket.on("error", () => undefined);
  }

  /**
   * Serves a request when those before it on the connection have been answered: at once, unless the client pipelines. Two at a time would
   * be two connections to the upstream, and unsafe requests must be carried out in their order.
   *
   * @see https://www.rfc-editor.org/rfc/rfc9112#section-9.3.2
   */
  inTurn(socket: Socket, serve: () => void): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined || connection.refused) return;
    if (!connection.busy) {
      connection.busy = true;
      serve();
    } else if (connection.waiting.length < maxWaiting) connection.waiting.push(serve);
    else socket.destroy();
  }

  /** Takes a connection as a whole, which can only be had if nothing is under way on it. */
  takeOver(socket: Socket): boolean {
    const connection = this.#connections.get(socket);
    if (connection === undefined || connection.refused || connection.busy) return false;
    connection.busy = true;
    return true;
  }

  /** The request whose turn it is has gone to the upstream. */
  relayed(socket: Socket, current: RelayedRequest): void {
    const connection = this.#connections.get(socket);
    if (connection !== undefined) connection.current = current;
  }

  /** The answer to the request whose turn it was has ended, one way or another. */
  end(socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    connection.current = undefined;
    const next = connection.waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    connection.busy = false;
    connection.idleSince = performance.now();
    connection.bytesAtIdle = socket.bytesRead;
    if (connection.refused) socket.destroySoon();
  }

  /** Something came that is not a request: what is under way is still answered, and nothing more is served. */
  refuse(socket: Duplex): void {
    const connection = this.#connections.get(socket);
    if (connection !== undefined) connection.refused = true;
  }

  /** A request was refused for its form: what has come behind it, is not served either. */
  refuseRest(socket: Socket): void {
    this.refuse(socket);
    this.#connections.get(socket)?.waiting.splice(0);
  }

  isBusy(socket: Duplex): boolean {
    return this.#connections.get(socket)?.busy ?? false;
  }

  /** The request that is being answered by the upstream, if there is one. */
  currentOn(socket: Duplex): RelayedRequest | undefined {
    return this.#connections.get(socket)?.current;
  }

  hasWaiting(socket: Duplex): boolean {
    return (this.#connections.get(socket)?.waiting.length ?? 0) > 0;
  }

  /** Closes the connections on which nothing has happened for this long. */
  closeIdle(idleMs: number): void {
    const before = performance.now() - idleMs;
    for (const [socket, connection] of this.#connections) {
      const quiet = !connection.busy && bytesRead(socket) === connection.bytesAtIdle;
      if (quiet && connection.idleSince <= before) socket.destroy();
    }
  }

  /** Cuts off what is left. */
  destroyAll(): void {
    for (const socket of this.#connections.keys()) socket.destroy();
  }
}

function bytesRead(socket: Duplex): number {
  return "bytesRead" in socket && typeof socket.bytesRead === "number" ? socket.bytesRead : 0;
}
